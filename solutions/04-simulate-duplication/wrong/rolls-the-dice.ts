// Believed: "Chaos is random, so I ask Math." Fails with: REAL_TIME_USED
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (_context, next) => {
      await next()
      if (Math.random() < 0.5) await next()
    },
  }
}
