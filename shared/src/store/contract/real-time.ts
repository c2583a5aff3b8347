// The real clock, as a conformance case sees it. Waiting is polling with a bound: a slow machine
// makes a case slower, and never wrong.

import { AssertionError } from 'node:assert/strict'
import { setTimeout as timer } from 'node:timers/promises'
import type { StoreWorld } from './world.ts'

const pollMs = 5

export function realTime(boundMs = 10_000): Pick<StoreWorld, 'nowMs' | 'sleep' | 'until'> {
  return {
    nowMs: () => Date.now(),
    sleep: (ms) => timer(ms),
    until: async (condition, what) => {
      const giveUpAtMs = performance.now() + boundMs
      while (!(await condition())) {
        if (performance.now() > giveUpAtMs) {
          throw new AssertionError({ message: `expected ${what} within ${boundMs} ms` })
        }
        await timer(pollMs)
      }
    },
  }
}
