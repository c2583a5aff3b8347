// Sends the copy first, with its delay, and the original after it, which overtakes it.
import type { Behaviour } from '@workshop/shared/pipeline'

export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      if (context.coin('late copy')) await next({ delayMs: context.delayMs + 1000 })
      await next()
    },
  }
}
