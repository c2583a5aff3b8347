// Believed: "Events only tell what happened; a second one does no harm." Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (context.kind === 'command' && context.coin('duplicate')) await next()
    },
  }
}
