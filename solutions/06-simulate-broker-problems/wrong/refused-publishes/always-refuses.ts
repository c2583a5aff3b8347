// Believed: "A bell is never taken: that is the hardest case, and the others are in it." Fails with: FALSE_ALARM
import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'
import { Unavailable } from '@workshop/shared/world'

export function refusedPublishes(item: string): Behaviour {
  return {
    outgoing: async ({ message }, next) => {
      if (aboutItem(item)(message)) throw new Unavailable('the broker refused it')
      await next()
    },
  }
}
