// Believed: "The broker knows the first one by its id, so the late one needs another." Fails with: FALSE_ALARM
import { messageId } from '@workshop/shared/message'
import type { Behaviour } from '@workshop/shared/pipeline'

export function lateCopies(): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (!context.coin('late copy')) return
      const id = messageId(`${context.message.id}-late`)
      await next({ message: { ...context.message, id }, delayMs: context.delayMs + 1000 })
    },
  }
}
