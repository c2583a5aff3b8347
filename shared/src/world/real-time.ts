// The real clock, as tests see it. Waiting is polling with a bound: a slow machine makes a test
// slower, and never wrong.

import { AssertionError } from 'node:assert/strict'
import { setTimeout as timer } from 'node:timers/promises'
import { patience } from './patience.ts'

/** Time, as a conformance case is given it: real here, simulated elsewhere. */
export interface TestTime {
  readonly nowMs: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Resolves once `condition` holds; rejects with an AssertionError that says `what` was waited
   *  for when it does not hold within the bound. */
  readonly until: (condition: () => boolean | Promise<boolean>, what: string) => Promise<void>
}

const pollMs = 5

/** Waits at most `boundMs` milliseconds for each condition. */
export function realTime(boundMs = 60_000): TestTime {
  return {
    nowMs: () => Date.now(),
    sleep: (ms) => timer(ms),
    until: async (condition, what) => {
      const isOver = patience(boundMs)
      while (!(await condition())) {
        if (isOver()) {
          throw new AssertionError({ message: `expected ${what} within ${boundMs} ms` })
        }
        await timer(pollMs)
      }
    },
  }
}
