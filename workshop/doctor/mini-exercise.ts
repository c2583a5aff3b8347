// The proof that an attendee's day will work on this machine: exercise 03 as it starts turns red for
// its own reason, and its solution turns green, in a scratch folder. No file of theirs is touched.

import { readOneExercise } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { TestsHang } from '../checking/hang.ts'
import { Scratch, variantsOf } from '../checking/scratch.ts'
import { runTests, type TestOutcome } from '../checking/tests.ts'
import { fromRoot } from '../root.ts'
import { inOneLine } from './facts.ts'
import { broken, fine, type Row } from './row.ts'

/** What came out of the start and of the solution, or what kept them from running. */
export type Played =
  | {
      readonly expected: readonly { readonly test: string; readonly code: string }[]
      readonly start: readonly TestOutcome[]
      readonly solution: readonly TestOutcome[]
    }
  | { readonly problem: string }

const name = 'exercise 03'

/** Runs both. Rejects with `TestsHang` and nothing else. */
export async function playExercise(): Promise<Played> {
  try {
    const exercise = await readOneExercise(await readPristine({ worktree: false }), ['03'])
    await using scratch = await Scratch.make()
    const [start, solution] = variantsOf(exercise)
    if (!start || !solution) throw new Error('expected a start and a solution')
    await Promise.all([start, solution].map((variant) => scratch.layOut(exercise, variant)))
    const outcomes = await runTests([fromRoot(scratch.folder)])
    const of = (variant: typeof start): readonly TestOutcome[] =>
      outcomes.get(fromRoot(scratch.path(exercise, variant))) ?? []
    return { expected: exercise.front.red, start: of(start), solution: of(solution) }
  } catch (error) {
    // Its thread cannot be stopped: that is for the command line, which ends the process.
    if (error instanceof TestsHang) throw error
    return { problem: inOneLine(error) }
  }
}

export function exerciseRow(played: Played): Row {
  const fix = 'Delete the folder node_modules, run npx -y pnpm@12 install, and try again.'
  if ('problem' in played) return broken(name, `does not run: ${played.problem}`, fix)
  const { expected, start, solution } = played
  const failed = start.filter(({ ok }) => !ok)
  const isRed =
    failed.length === expected.length &&
    expected.every(({ test, code }) => failed.some((one) => one.name === test && one.code === code))
  if (!isRed) return broken(name, `its start is not red as it should be: ${told(start)}`, fix)
  const isGreen = solution.length > 0 && solution.every(({ ok }) => ok)
  if (!isGreen) return broken(name, `its solution is not green: ${told(solution)}`, fix)
  const codes = [...new Set(failed.map(({ code }) => code))]
  return fine(name, `red with ${codes.join()}, and green once it is solved`)
}

const told = (outcomes: readonly TestOutcome[]): string =>
  outcomes.length === 0
    ? 'no test ran'
    : outcomes.map(({ ok, code }) => (ok ? 'green' : (code ?? 'red'))).join(', ')
