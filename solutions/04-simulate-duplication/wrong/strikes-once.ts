// Believed: "One copy is enough to find a bug; then the monkey can rest." Fails with: NOTHING_HAPPENED
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  let isDone = false
  return {
    outgoing: async (context, next) => {
      await next()
      if (isDone || !context.coin('duplicate')) return
      isDone = true
      await next()
    },
  }
}
