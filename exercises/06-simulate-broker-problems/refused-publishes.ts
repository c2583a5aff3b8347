import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'

/** A chaos monkey: now and then, the broker certainly does not take a message about `item`. */
export function refusedPublishes(item: string): Behaviour {
  return {
    outgoing: async (context, next) => {
      if (!aboutItem(item)(context.message)) return next()
      // TODO Toss `context.coin('refuse')`. Where it says so, the broker refuses this message.
      await next()
    },
  }
}
