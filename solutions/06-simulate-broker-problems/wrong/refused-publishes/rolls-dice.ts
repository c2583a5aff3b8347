// Believed: "Chaos is random, so I roll dice." Fails with: FALSE_ALARM
import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'
import { Unavailable } from '@workshop/shared/world'

export function refusedPublishes(item: string): Behaviour {
  return {
    outgoing: async ({ message }, next) => {
      const isRefused = aboutItem(item)(message) && Math.random() < 0.5
      if (isRefused) throw new Unavailable('the broker refused it')
      await next()
    },
  }
}
