// Believed: "A broker that is down is down for all messages alike." Fails with: FALSE_ALARM
import type { Behaviour } from '@workshop/shared/pipeline'
import { Unavailable } from '@workshop/shared/world'

export function refusedPublishes(_item: string): Behaviour {
  return {
    outgoing: async (context, next) => {
      if (context.coin('refuse')) throw new Unavailable('the broker refused it')
      await next()
    },
  }
}
