// Believed: "The more copies, the more is found, so I need no coin." Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      await next({ delayMs: context.delayMs + 1000 })
    },
  }
}
