// Believed: "As long as the coin falls on heads, there is one more." Fails with: DUPLICATE_EFFECT
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      while (context.coin('duplicate')) await next()
    },
  }
}
