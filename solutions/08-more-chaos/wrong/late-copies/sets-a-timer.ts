// Believed: "I send the copy a second later myself." Fails with: REAL_TIME_USED
import type { Behaviour } from '@workshop/shared/pipeline'

export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (context.coin('late copy')) setTimeout(() => void next(), 1000)
    },
  }
}
