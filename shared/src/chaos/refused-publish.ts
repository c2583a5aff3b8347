// Refuses the first publish about something: the broker was certainly not reached. The next attempt
// at the same message goes through.

import type { Behaviour } from '../pipeline/index.ts'
import { Unavailable } from '../world/index.ts'
import type { Trouble } from './trouble.ts'

export function refusedPublish(trouble: Trouble): Behaviour {
  const refused = new Set<string>()
  return {
    outgoing: async (context, next) => {
      // A retry publishes under a fresh id, so what it is caused by tells the first time from the
      // next.
      const about = `${context.message.type} ${context.cause?.message.id ?? context.message.id}`
      if (trouble(context.message) && !refused.has(about)) {
        refused.add(about)
        throw new Unavailable(`the broker refused ${context.message.type}, this once`)
      }
      await next()
    },
  }
}
