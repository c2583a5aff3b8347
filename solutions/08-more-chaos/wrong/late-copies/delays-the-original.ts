// Believed: "What is late is late: I hold the message back, and its copy, too." Fails with: BUG_SURVIVED
import type { Behaviour } from '@workshop/shared/pipeline'

export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      const delayMs = context.delayMs + 1000
      const isCopied = context.coin('late copy')
      await next(isCopied ? { delayMs } : {})
      if (isCopied) await next({ delayMs })
    },
  }
}
