// Believed: "The original is what counts; nobody has to wait for the copy." Fails with: STUCK
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (context.coin('duplicate')) void next()
    },
  }
}
