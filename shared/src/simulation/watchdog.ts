// Ends work that never gives control back: an endless loop, with or without `await`. Nothing in the
// same thread can do that; Node's `vm` has a clock of its own for the scripts that it runs, so the
// work is run as if it were such a script. Starting the clock costs 0.2 ms: once per slice of work,
// not once per step.

import { Script } from 'node:vm'

export class Hangs extends Error {
  override readonly name = 'Hangs'
  /** False: its thread hardly ran in that time. The machine had something else to do, and nobody
   *  knows whether the work would have ended. */
  readonly wasAtWork: boolean

  constructor(message: string, { wasAtWork, cause }: { wasAtWork: boolean; cause: unknown }) {
    super(message, { cause })
    this.wasAtWork = wasAtWork
  }
}

/** A slice that ends takes far less of a processor, in microseconds. */
const endlessUs = 500_000
const knowsThreads = 'threadCpuUsage' in process
/** What the thread has taken; on Node 22, all threads of the process. */
const cpuUsage: typeof process.cpuUsage = (before) =>
  knowsThreads ? process.threadCpuUsage(before) : process.cpuUsage(before)

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
  const before = cpuUsage()
  try {
    // What the script returns is what `work` returned.
    return script.runInThisContext({ timeout: limitMs }) as T
  } catch (error) {
    const isTimeout = error instanceof Error && 'code' in error
    if (isTimeout && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      const { user, system } = cpuUsage(before)
      throw new Hangs(`expected it to give control back within ${limitMs} ms, got nothing`, {
        wasAtWork: user + system >= endlessUs,
        cause: error,
      })
    }
    throw error
  } finally {
    delete holder[slot]
  }
}
