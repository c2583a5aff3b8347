// A `Conflict` says that somebody else was faster, which is no failure: the handler runs again from
// the start, on what is there now. It does not count as a failed delivery. The bound is for the
// handler that can never win, because it saves with a version it did not load.

import { checkDelay, checkWithin } from '../../broker/index.ts'
import { Conflict } from '../../store/index.ts'
import type { Behaviour } from '../behaviour.ts'

export type ConflictRetryOptions = {
  /** How many times more the handler runs: 0 to 100, 10 by default. */
  readonly times?: number
  /** The longest pause before the n-th run is n times this, in milliseconds. Default 2. */
  readonly pauseMs?: number
}

export function conflictRetry({ times = 10, pauseMs = 2 }: ConflictRetryOptions = {}): Behaviour {
  checkWithin('times', times, [0, 100])
  checkDelay(pauseMs)
  return {
    incoming: async (context, next) => {
      for (let run = 1; ; run += 1) {
        try {
          await next()
          return
        } catch (error) {
          if (!(error instanceof Conflict) || run > times || context.signal.aborted) throw error
          context.log.debug({ key: error.key, run }, 'conflict, running again')
          await context.sleep(context.random(`conflict-${run}`) * pauseMs * run, context.signal)
        }
      }
    },
  }
}
