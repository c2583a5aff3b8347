// Believed: "Two messages cannot have one id, so the copy gets its own." Fails with: FALSE_ALARM
import { messageId } from '@workshop/shared/message'
import type { Behaviour } from '@workshop/shared/pipeline'

export function duplicates(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (!context.coin('duplicate')) return
      const id = messageId(`${context.message.id}-copy`)
      await next({ message: { ...context.message, id } })
    },
  }
}
