import type { Behaviour } from '@workshop/shared/pipeline'

/** A chaos monkey: now and then, a message that somebody sends arrives once more, and late. */
export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (!context.coin('late copy')) return
      // TODO Send it once more. `next({ delayMs })` lets the broker hold it back for a while.
    },
  }
}
