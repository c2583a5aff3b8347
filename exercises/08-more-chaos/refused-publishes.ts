import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'
import { Unavailable } from '@workshop/shared/world'

/** A chaos monkey: now and then, the broker certainly does not take a message about `item`. */
export function refusedPublishes(item: string): Behaviour {
  return {
    outgoing: async (context, next) => {
      if (!aboutItem(item)(context.message)) return next()
      if (context.coin('refuse')) {
        context.log.info({}, 'the monkey refuses it')
        throw new Unavailable(`the broker refused ${context.message.type}`)
      }
      await next()
    },
  }
}
