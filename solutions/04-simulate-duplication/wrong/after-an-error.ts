// Believed: "Copies come from senders that try again, so I copy what has failed." Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      try {
        await next()
      } catch (error) {
        if (!context.coin('duplicate')) throw error
        await next()
      }
    },
  }
}
