// Sends a message twice, the copy right after its original, with the same id: what a broker does
// when its confirm was lost and the sender tried again.

import type { Behaviour } from '../pipeline/index.ts'
import type { Trouble } from './trouble.ts'

export function duplicate(trouble: Trouble): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (trouble(context.message)) await next()
    },
  }
}
