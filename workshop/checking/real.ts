// The solutions' tests on real processes: the same test files, unchanged, with each endpoint as two
// processes of the operating system, over the brokers that the front matter names.

import { type RealBroker, worldVariable } from '@workshop/shared/explore'
import type { Exercise } from '../catalogue/exercise.ts'
import { fromRoot } from '../root.ts'
import { playerUrl, type RealSetting, settingVariable } from '../real/setting.ts'
import { withEnvironment } from './environment.ts'
import { Scratch, solutionOf } from './scratch.ts'
import { type Outcomes, runTests, type TestOutcome } from './tests.ts'

/** How one exercise's solution did on one broker; with `--json` one line. */
export type RealVerification = {
  readonly exercise: string
  readonly broker: RealBroker['kind']
  readonly ok: boolean
  readonly tests: readonly TestOutcome[]
  readonly ms: number
}

export type RealOptions = {
  readonly brokers: readonly RealBroker[]
  /** Decides when faults happen, and every coin. */
  readonly seed: string
}

/** Verifies those of `chosen` that are marked for one of the brokers. */
export async function verifyReal(
  chosen: readonly Exercise[],
  { brokers, seed }: RealOptions,
): Promise<readonly RealVerification[]> {
  await using scratch = await Scratch.make()
  for (const exercise of chosen) await scratch.layOut(exercise, solutionOf(exercise))
  const results: RealVerification[] = []
  for (const broker of brokers) {
    const marked = chosen.filter(({ front }) => front.real?.includes(broker.kind))
    if (marked.length === 0) continue
    const at = (exercise: Exercise) => fromRoot(scratch.path(exercise, solutionOf(exercise)))
    const outcomes = await runOn({ broker, seed }, marked.map(at))
    for (const exercise of marked) {
      const tests = outcomes.get(at(exercise)) ?? []
      results.push({
        exercise: exercise.folder,
        broker: broker.kind,
        ok: tests.length > 0 && tests.every(({ ok }) => ok),
        tests,
        ms: tests.reduce((sum, { ms }) => sum + ms, 0),
      })
    }
  }
  return results
}

const runOn = (setting: RealSetting, folders: readonly string[]): Promise<Outcomes> =>
  withEnvironment(
    { [worldVariable]: playerUrl, [settingVariable]: JSON.stringify(setting) },
    // One at a time: leases end where processes have to wait for one another.
    () => runTests(folders, { maxWorkers: 1, exercises: folders.length }),
  )

/** One line for each exercise and broker, with what failed and what was left out below it. */
export function realLines(results: readonly RealVerification[]): readonly string[] {
  return results.flatMap(({ exercise, broker, ok, tests, ms }) => {
    const passed = tests.filter((test) => test.ok).length
    return [
      `${ok ? '✔' : '✘'} ${exercise} on ${broker}: ${passed} of ${tests.length}, ${ms} ms`,
      ...tests.flatMap((test) => [
        ...(test.ok ? [] : [`    ✘ ${test.name}`, ...indented(test.message ?? '')]),
        ...(test.leftOut.length === 0
          ? []
          : [`    left out: ${test.leftOut.join(', ')} (${test.name})`]),
      ]),
    ]
  })
}

const indented = (text: string): readonly string[] =>
  text.split('\n').map((line) => `      ${line}`.trimEnd())
