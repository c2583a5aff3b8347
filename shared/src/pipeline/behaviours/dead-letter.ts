// Ends a message that keeps failing: it becomes a dead letter with the reason, and the endpoint
// goes on with the next one. Stands outside of every retry.

import type { Behaviour } from '../behaviour.ts'
import { reasonOf } from '../reason.ts'

export function deadLetter(): Behaviour {
  return {
    incoming: async (context, next) => {
      try {
        await next()
      } catch (error) {
        // Not a failure of the message: it is wanted back, and will be handed out again.
        if (context.signal.aborted) throw error
        context.log.debug({ error: reasonOf(error) }, 'to the dead letters')
        context.settle({ kind: 'dead-letter', reason: reasonOf(error) })
      }
    },
  }
}
