// Gives a failed message back to the broker, to be delivered again later: back-off that doubles,
// with full jitter, so that what failed together does not come back together. After `attempts`
// deliveries the error goes on outward. What no retry can mend is not retried.
//
// Full jitter: "Exponential Backoff And Jitter", Marc Brooker, AWS Architecture Blog, 2015.

import { checkDelay, checkWithin } from '../../broker/index.ts'
import type { Behaviour } from '../behaviour.ts'
import { reasonOf } from '../reason.ts'
import { isPermanent } from './permanent.ts'

export type DelayedRetryOptions = {
  /** How many deliveries a message gets in all: 1 to 1000, 5 by default. */
  readonly attempts?: number
  /** The longest delay before the second delivery, in milliseconds. It doubles each time.
   *  Default 1000. */
  readonly baseMs?: number
  /** No delay is longer. Default 60 000. */
  readonly maxMs?: number
}

export function delayedRetry(options: DelayedRetryOptions = {}): Behaviour {
  const { attempts = 5, baseMs = 1000, maxMs = 60_000 } = options
  checkWithin('attempts', attempts, [1, 1000])
  checkDelay(baseMs)
  checkDelay(maxMs)
  return {
    incoming: async (context, next) => {
      try {
        await next()
      } catch (error) {
        const isWantedBack = context.signal.aborted
        if (isWantedBack || context.attempt >= attempts || isPermanent(error)) throw error
        const longestMs = Math.min(maxMs, baseMs * 2 ** (context.attempt - 1))
        const delayMs = Math.ceil(context.random('delayed-retry') * longestMs)
        context.log.debug({ error: reasonOf(error), delayMs }, 'to be delivered again')
        context.settle({ kind: 'retry', delayMs, reason: reasonOf(error) })
      }
    },
  }
}
