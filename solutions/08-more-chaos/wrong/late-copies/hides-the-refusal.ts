// Believed: "A monkey that makes copies has nothing to do with what the broker refuses." Fails with: FALSE_ALARM
import type { Behaviour } from '@workshop/shared/pipeline'

export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next().catch((error: unknown) => context.log.error({ error }, 'not taken'))
      if (!context.coin('late copy')) return
      await next({ delayMs: context.delayMs + 1000 })
    },
  }
}
