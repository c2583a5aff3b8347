// Believed: "Events are what is copied; a command has one receiver." Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (context.kind === 'event' && context.coin('late copy')) {
        await next({ delayMs: context.delayMs + 1000 })
      }
    },
  }
}
