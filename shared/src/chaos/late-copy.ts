// Sends a copy of a message that arrives late, after other messages: what a broker does when a
// consumer held a message for a while and died.

import type { Behaviour } from '../pipeline/index.ts'
import type { Trouble } from './trouble.ts'

export type LateCopyOptions = {
  /** How much later the copy arrives, in milliseconds. Default 1000. */
  readonly delayMs?: number
}

export function lateCopy(trouble: Trouble, { delayMs = 1000 }: LateCopyOptions = {}): Behaviour {
  return {
    outgoing: async (context, next) => {
      await next()
      if (trouble(context.message)) await next({ delayMs: context.delayMs + delayMs })
    },
  }
}
