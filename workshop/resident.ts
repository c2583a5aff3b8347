// A test runner that stays: started once, it runs one exercise's tests again in a fraction of a
// second after each save.

import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Vitest } from 'vitest/node'
import { endWithin } from './checking/hang.ts'
import { outcomesOf, type TestOutcome } from './checking/tests.ts'
import { openVitest } from './checking/vitest.ts'
import { fromRoot } from './root.ts'

/** Every test has a limit of its own; this one is for a thread that cannot keep it. */
const limitMs = 20_000

export class Resident implements AsyncDisposable {
  readonly #vitest: Vitest
  readonly #folder: string
  /** A run that does not end cannot be closed either. */
  #hangs = false

  private constructor(vitest: Vitest, folder: string) {
    this.#vitest = vitest
    this.#folder = folder
  }

  /** A runner for the tests in `folder`. */
  static async start(folder: string): Promise<Resident> {
    const vitest = await openVitest([`${fromRoot(folder)}/*.test.ts`], { testTimeout: 12_000 })
    return new Resident(vitest, folder)
  }

  /** Runs all tests on the files as they are now. Rejects with `TestsHang` when they do not end. */
  async run(): Promise<readonly TestOutcome[]> {
    const exitCode = process.exitCode
    for (const file of await readdir(this.#folder)) {
      this.#vitest.invalidateFile(join(this.#folder, file))
    }
    const specifications = await this.#vitest.globTestSpecifications()
    this.#hangs = true
    const { testModules } = await endWithin(
      limitMs,
      this.#vitest.runTestSpecifications(specifications, true),
    )
    this.#hangs = false
    // Vitest answers a red test with the exit code of the process; here red is an answer, not an
    // end.
    process.exitCode = exitCode
    return [...outcomesOf(testModules).values()].flat()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#hangs) await this.#vitest.close()
  }
}
