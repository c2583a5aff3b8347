// Believed: "Two copies that go out at the same moment are the hardest test." Fails with: STUCK
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      if (context.coin('duplicate')) await Promise.all([next(), next()])
      else await next()
    },
  }
}
