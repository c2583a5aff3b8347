// Runs the tests below a folder in this process, and says of each how it ended and with which code.

import type { Explored } from '@workshop/shared/explore'
import type { CliOptions, TestCase, TestModule } from 'vitest/node'
import { fromRoot } from '../root.ts'
import { endWithin } from './hang.ts'
import { messageOf } from './message-of.ts'
import { openVitest } from './vitest.ts'

export type TestOutcome = {
  /** The name of the file that it stands in. */
  readonly file: string
  readonly name: string
  readonly ok: boolean
  /** The failure code; else the name of the error. Undefined where the test passed. */
  readonly code: string | undefined
  readonly message: string | undefined
  readonly ms: number
  /** What its explorations covered. */
  readonly explored: readonly Explored[]
  /** What its specifications say, and real processes were not given. */
  readonly leftOut: readonly string[]
}

/** The outcomes by the folder of the test file, from the root, with `/` on every system. A file
 *  that cannot be loaded counts as one failed test of the name `<file>`. */
export type Outcomes = ReadonlyMap<string, readonly TestOutcome[]>

/** Far more than all answers to one exercise take, on processes and on a busy machine, too. */
const limitMs = 300_000

export type RunTestsOptions = CliOptions & {
  /** Of how many exercises the tests are: they have as much more time. Default 1. */
  readonly exercises?: number
}

/** Runs every test file below `folders`, which are given from the root, with `/`. */
export async function runTests(
  folders: readonly string[],
  { exercises = 1, ...options }: RunTestsOptions = {},
): Promise<Outcomes> {
  const exitCode = process.exitCode
  const vitest = await openVitest(
    folders.map((folder) => `${folder}/**/*.test.ts`),
    options,
  )
  try {
    const { testModules } = await endWithin(limitMs * exercises, vitest.start())
    // After a hang there is nothing to be closed but the process.
    await vitest.close()
    return outcomesOf(testModules)
  } finally {
    // Vitest answers a red test with the exit code of the process; a red start is what we want.
    process.exitCode = exitCode
  }
}

export function outcomesOf(modules: readonly TestModule[]): Outcomes {
  const outcomes = new Map<string, TestOutcome[]>()
  // Vitest gives them as they end: in another order each time.
  for (const module of modules.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1))) {
    const path = fromRoot(module.moduleId)
    const folder = path.slice(0, path.lastIndexOf('/'))
    const file = path.slice(folder.length + 1)
    const tests = [...module.children.allTests()].map((test) => outcomeOf(file, test))
    const broken = module.errors().map((error) => ({
      file,
      name: file,
      ok: false,
      code: error.name ?? 'Error',
      message: messageOf(error),
      ms: 0,
      explored: [],
      leftOut: [],
    }))
    outcomes.set(folder, [...(outcomes.get(folder) ?? []), ...broken, ...tests])
  }
  return outcomes
}

function outcomeOf(file: string, test: TestCase): TestOutcome {
  const { state, errors } = test.result()
  const error = errors?.[0]
  const code: unknown = error ? (error['code'] ?? error.name) : undefined
  return {
    file,
    name: test.name,
    ok: state === 'passed',
    code: state === 'passed' ? undefined : typeof code === 'string' ? code : state,
    message: error && messageOf(error),
    ms: Math.round(test.diagnostic()?.duration ?? 0),
    explored: test.meta().explored ?? [],
    leftOut: test.meta().leftOut ?? [],
  }
}
