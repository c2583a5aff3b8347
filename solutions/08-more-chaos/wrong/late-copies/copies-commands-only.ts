// Believed: "An event is news; who would mind to hear it twice?" Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (context.kind === 'command' && context.coin('late copy')) {
        await next({ delayMs: context.delayMs + 1000 })
      }
    },
  }
}
