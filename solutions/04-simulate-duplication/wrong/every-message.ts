// Believed: "A monkey that always strikes finds the most." Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (_context, next) => {
      await next()
      await next()
    },
  }
}
