// Believed: "A copy is a copy; when it arrives is for the broker to say." Fails with: BUG_SURVIVED
import type { Behaviour } from '@workshop/shared/pipeline'

export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (context.coin('late copy')) await next()
    },
  }
}
