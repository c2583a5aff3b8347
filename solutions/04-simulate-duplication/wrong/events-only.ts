// Believed: "Ann clicks once; it is what the broker hands around that is doubled." Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (context.cause && context.coin('duplicate')) await next()
    },
  }
}
