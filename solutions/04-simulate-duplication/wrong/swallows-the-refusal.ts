// Believed: "A monkey makes duplicates; errors are not its business." Fails with: FALSE_ALARM
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      const times = context.coin('duplicate') ? 2 : 1
      for (let time = 1; time <= times; time += 1) await next().catch(() => undefined)
    },
  }
}
