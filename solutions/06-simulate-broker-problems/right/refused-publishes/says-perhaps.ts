// Says "perhaps" of a message that has certainly not left: less than it knows, but no lie.
import { aboutItem } from '@workshop/shared/chaos'
import type { Behaviour } from '@workshop/shared/pipeline'
import { Unknown } from '@workshop/shared/world'

export function refusedPublishes(item: string): Behaviour {
  return {
    outgoing: async (context, next) => {
      if (!aboutItem(item)(context.message)) return next()
      if (context.coin('refuse')) throw new Unknown('the broker did not answer')
      await next()
    },
  }
}
