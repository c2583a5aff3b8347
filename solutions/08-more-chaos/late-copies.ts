import type { Behaviour } from '@workshop/shared/pipeline'

/** A chaos monkey: now and then, a message that somebody sends arrives once more, and late. */
export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (!context.coin('late copy')) return
      context.log.info({}, 'the monkey sends it again, to arrive late')
      await next({ delayMs: context.delayMs + 1000 })
    },
  }
}
