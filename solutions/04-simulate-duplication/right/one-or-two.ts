// Tosses first, and counts: the message goes out once for each number up to the one that fell.
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      const times = context.coin('duplicate') ? 2 : 1
      for (let time = 1; time <= times; time += 1) await next()
    },
  }
}
