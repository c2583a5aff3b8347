// Publishes, and then says that nobody knows: the message is on its way and its confirm was lost.
// Once for each cause, so that a retry gets through.

import type { Behaviour } from '../pipeline/index.ts'
import { Unknown } from '../world/index.ts'
import type { Trouble } from './trouble.ts'

export function unknownPublish(trouble: Trouble): Behaviour {
  const lost = new Set<string>()
  return {
    outgoing: async (context, next) => {
      await next()
      const about = `${context.message.type} ${context.cause?.message.id ?? context.message.id}`
      if (!trouble(context.message) || lost.has(about)) return
      lost.add(about)
      throw new Unknown(`publishing ${context.message.type} timed out; it may have happened`)
    },
  }
}
