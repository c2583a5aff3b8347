// Believed: "A copy that comes a moment later is more realistic." Fails with: REAL_TIME_USED
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (!context.coin('duplicate')) return
      await new Promise((resolve) => setTimeout(resolve, 100))
      await next()
    },
  }
}
