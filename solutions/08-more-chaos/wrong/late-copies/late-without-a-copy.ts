// Believed: "Late is what matters; the message itself can be held back." Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next(context.coin('late copy') ? { delayMs: context.delayMs + 1000 } : {})
    },
  }
}
