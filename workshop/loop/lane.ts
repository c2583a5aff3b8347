// One thread that runs tests and stays: started once, it runs one exercise's tests again in a
// fraction of a second after each save. A loop that never ends is an answer as well: the thread is
// ended, the test says TIMEOUT, and the next save starts with a new one.

import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Reporter, TestSpecification, Vitest } from 'vitest/node'
import { outcomesOf, type TestOutcome } from '../checking/tests.ts'
import { openVitest } from '../checking/vitest.ts'
import { SetupProblem } from '../command.ts'
import { isCode } from '../progress/disk.ts'
import { fromRoot } from '../root.ts'
import { hung } from './hung.ts'
import type { Part } from './sharing.ts'
import { WarmPool } from './warm-pool.ts'

export type Ran = {
  /** Those of each file in its own order. */
  readonly outcomes: readonly TestOutcome[]
  /** What the code printed while it ran, line by line, and how many lines more there were. */
  readonly printed: readonly string[]
  readonly notShown: number
  readonly ms: number
}

export type LaneOptions = {
  /** How long nothing may happen, in milliseconds, before a run counts as hanging. Each test has a
   *  limit of its own; this one is for a thread that cannot keep it. Default: 15,000. */
  readonly silenceMs?: number
  /** What the tests find in their environment, beside that of this process. */
  readonly environment?: Readonly<Record<string, string>>
}

/** A handler that prints does so in every schedule. */
const mostPrinted = 12

type Parts = {
  readonly vitest: Vitest
  readonly pool: WarmPool
  readonly listener: Listener
  readonly silenceMs: number
}

export class Lane implements AsyncDisposable {
  readonly #vitest: Vitest
  readonly #pool: WarmPool
  readonly #listener: Listener
  readonly #silenceMs: number

  private constructor({ vitest, pool, listener, silenceMs }: Parts) {
    this.#vitest = vitest
    this.#pool = pool
    this.#listener = listener
    this.#silenceMs = silenceMs
  }

  static async start({ silenceMs = 15_000, environment = {} }: LaneOptions = {}) {
    const listener = new Listener()
    const pool = new WarmPool((content) => listener.onUserConsoleLog({ content }))
    const vitest = await openVitest([], {
      pool,
      // The exercise's files share what is loaded, and one thread leaves the other processor to the
      // compiler.
      maxWorkers: 1,
      testTimeout: Math.max(12_000, silenceMs - 3_000),
      env: environment,
      reporters: [listener],
    }).catch((error: unknown) => {
      throw new SetupProblem(
        `expected Vitest to start, got: ${String(error)}. The command doctor looks for the cause`,
        { cause: error },
      )
    })
    return new Lane({ vitest, pool, listener, silenceMs })
  }

  /** Runs the tests in `folder`, a path, on the files as they are now: those that `part` names, by
   *  the file that they stand in. The others say `skipped`. One run at a time. */
  async run(folder: string, part: Part = () => 'all'): Promise<Ran> {
    const { exitCode } = process
    const startedMs = performance.now()
    const specifications = await this.#specificationsIn(folder, part)
    let hangs = false
    const silence = setTimeout(() => {
      hangs = true
      void this.#pool.end()
    }, this.#silenceMs)
    this.#listener.begin(() => silence.refresh())
    const ended = await this.#vitest
      .runTestSpecifications(specifications, false)
      .finally(() => clearTimeout(silence))
    // Vitest answers a red test with the exit code of the process; here red is an answer.
    process.exitCode = exitCode
    // Vitest remembers files that are gone, and those of other exercises.
    const asked = new Set(specifications.map(({ moduleId }) => moduleId))
    const modules = ended.testModules.filter(({ moduleId }) => asked.has(moduleId))
    const told = [...outcomesOf(modules).values()].flat()
    const outcomes = hangs ? hung(told, this.#silenceMs) : told
    // What is remembered outside of the exercise must not outlast this run.
    if (outcomes.some(({ code }) => code === 'HIDDEN_STATE')) await this.#pool.end()
    return { outcomes, ...this.#listener.heard(), ms: performance.now() - startedMs }
  }

  async #specificationsIn(folder: string, part: Part): Promise<TestSpecification[]> {
    const files = (await filesIn(folder)).map((file) => join(folder, file))
    for (const file of files) this.#vitest.invalidateFile(file)
    const tests = files.filter((file) => file.endsWith('.test.ts'))
    const project = this.#vitest.getRootProject()
    return tests.flatMap((file) => {
      const asked = part(basename(file))
      if (asked === 'none') return []
      return project.createSpecification(
        file,
        asked === 'all' ? undefined : { testNamePattern: asked },
      )
    })
  }

  /** Ends a run that is under way: what it had not done yet waits. */
  stop(): Promise<void> {
    return this.#pool.end()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#vitest.close()
    await this.#pool.end()
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (!isCode(error, 'ENOENT', 'ENOTDIR')) throw error
    throw new SetupProblem(
      `expected the folder ${fromRoot(folder)}, got none. ` +
        'The command reset --missing brings its files back, and so do x and m in start',
      { cause: error },
    )
  }
}

/** As much as is shown of what was printed; `more` lines were left out before. */
export function shown(lines: readonly string[], more = 0): Pick<Ran, 'printed' | 'notShown'> {
  const printed = lines.slice(0, mostPrinted)
  return { printed, notShown: more + lines.length - printed.length }
}

/** Hears that a run is alive, and what the code prints. */
class Listener implements Reporter {
  #onSign: () => void = () => undefined
  #lines: string[] = []

  begin(onSign: () => void): void {
    this.#onSign = onSign
    this.#lines = []
  }

  heard(): Pick<Ran, 'printed' | 'notShown'> {
    return shown(this.#lines)
  }

  onTestCaseReady(): void {
    this.#onSign()
  }

  onTestCaseResult(): void {
    this.#onSign()
  }

  onUserConsoleLog({ content }: { readonly content: string }): void {
    this.#lines.push(...stripVTControlCharacters(content).trimEnd().split('\n'))
  }
}
