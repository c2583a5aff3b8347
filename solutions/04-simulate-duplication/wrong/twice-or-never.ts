// Believed: "Heads: twice. So I am done with the message." Fails with: FALSE_ALARM
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      if (!context.coin('duplicate')) return
      await next()
      await next()
    },
  }
}
