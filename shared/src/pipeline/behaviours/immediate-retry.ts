// Tries a failed message again at once, in place. Many failures are over in a moment; for those
// that are not, `delayedRetry` stands outside of this.

import { checkWithin } from '../../broker/index.ts'
import { Conflict } from '../../store/index.ts'
import type { Behaviour } from '../behaviour.ts'
import { isPermanent } from './permanent.ts'
import { TimeLimitExceeded } from './time-limit.ts'

export type ImmediateRetryOptions = {
  /** How many times more the message is tried: 0 to 100, 2 by default. */
  readonly times?: number
}

export function immediateRetry({ times = 2 }: ImmediateRetryOptions = {}): Behaviour {
  checkWithin('times', times, [0, 100])
  return {
    incoming: async (context, next) => {
      for (let left = times; ; left -= 1) {
        try {
          await next()
          return
        } catch (error) {
          if (left <= 0 || isHopeless(error) || context.signal.aborted) throw error
        }
      }
    },
  }
}

// A conflict that comes this far was retried often enough, by `conflictRetry`; and a handler whose
// time was up may still be running.
const isHopeless = (error: unknown): boolean =>
  isPermanent(error) || error instanceof Conflict || error instanceof TimeLimitExceeded
