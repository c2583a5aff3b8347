// Believed: "Every second message is reproducible, and needs no coin." Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  let count = 0
  return {
    outgoing: async (_context, next) => {
      count += 1
      await next()
      if (count % 2 === 0) await next()
    },
  }
}
