// Believed: "Whether it is sent twice or handled twice is all the same." Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    incoming: async (context, next) => {
      await next()
      if (context.coin('duplicate')) await next()
    },
  }
}
