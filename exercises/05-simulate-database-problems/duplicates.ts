import type { Behaviour } from '@workshop/shared/pipeline'

/** A chaos monkey: now and then, a message that somebody sends goes out twice. */
export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (context.coin('duplicate')) await next()
    },
  }
}
