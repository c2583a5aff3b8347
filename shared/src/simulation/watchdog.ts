// Ends work that never gives control back: an endless loop, with or without `await`. Nothing in the
// same thread can do that; Node's `vm` has a clock of its own for the scripts that it runs, so the
// work is run as if it were such a script. Starting the clock costs 0.2 ms: once per slice of work,
// not once per step.

import { Script } from 'node:vm'

export class Hangs extends Error {
  override readonly name = 'Hangs'
}

const slot = Symbol.for('workshop.simulation.work')
const script = new Script('globalThis[Symbol.for("workshop.simulation.work")]()', {
  // As it stands in stacks: whoever looks for the reader's code passes over it.
  filename: 'node:watchdog',
})
const holder = globalThis as { [slot]?: () => unknown }

/** Runs `work`, at most for `limitMs` milliseconds of real time; then it is ended, wherever it is,
 *  and `Hangs` is thrown. */
export function watched<T>(work: () => T, limitMs: number): T {
  holder[slot] = work
  try {
    // What the script returns is what `work` returned.
    return script.runInThisContext({ timeout: limitMs }) as T
  } catch (error) {
    const isTimeout = error instanceof Error && 'code' in error
    if (isTimeout && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new Hangs(`it did not give control back within ${limitMs} ms`, { cause: error })
    }
    throw error
  } finally {
    delete holder[slot]
  }
}
