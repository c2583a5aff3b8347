// Believed: "A message that the broker refuses goes no further; that is all." Fails with: FALSE_ALARM
import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'

export function refusedPublishes(item: string): Behaviour {
  const isRefused = aboutItem(item)
  return {
    outgoing: async (context, next) => {
      if (isRefused(context.message) && context.coin('refuse')) return
      await next()
    },
  }
}
