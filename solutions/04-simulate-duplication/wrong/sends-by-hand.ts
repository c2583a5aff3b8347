// Believed: "The handler's own publish is the way to send something again." Fails with: DUPLICATE_EFFECT
import type { Behaviour } from '@workshop/shared/pipeline'
import { ItemAdded } from '@workshop/shared/shop'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (!context.coin('duplicate')) return
      const body = ItemAdded.parse(context.message.body)
      await context.cause?.publish(ItemAdded(body))
    },
  }
}
