// One round: the tests and the compiler on the files as they are now, told as events, and noted.
// The tests are told as soon as they are there; green is only what the compiler agrees with.

import { guaranteesOf, openQuestionOf } from '../catalogue/readme.ts'
import type { TestOutcome } from '../checking/tests.ts'
import type { Ran, Resident } from '../loop/resident.ts'
import type { TypeProblem, TypesIn } from '../loop/types.ts'
import { keepAttempt } from '../progress/attempts.ts'
import { afterRun } from '../progress/state.ts'
import { startHash, workOn } from '../progress/work.ts'
import { inOrder } from './in-order.ts'
import type { Desk } from './desk.ts'
import type { EventOf, TestEvent } from './events.ts'
import { doneIn, nameOf, nextAfter } from './workshop.ts'

export type Round = {
  readonly why: EventOf<'running'>['why']
  readonly resident: Pick<Resident, 'run'>
  /** Given up once there is something newer to check. */
  readonly signal: AbortSignal
  readonly typesIn: TypesIn
}

/** Resolves with how it ended; with `undefined` where it was given up. Tests that failed are noted
 *  in any case: whatever the compiler would say, that was red. */
export async function round(
  desk: Desk,
  { why, resident, signal, typesIn }: Round,
): Promise<'green' | 'red' | undefined> {
  const { exercise, folder, place } = desk
  desk.emit({ kind: 'running', exercise: desk.name, why })
  const types = typesIn(folder, signal)
  // Whoever waits for the tests first does not hear of it in time.
  types.catch(() => undefined)
  const result = resultOf(desk, await resident.run(folder))
  desk.seen = result
  desk.emit(result)
  const isFailed = result.tests.some(({ ok }) => !ok)
  if (isFailed) await noted(desk, { result, problems: [], verdict: 'red' })
  const problems = await types
  if (problems === undefined || signal.aborted) return undefined
  desk.emit({ kind: 'types', exercise: desk.name, problems })
  const verdict = result.verdict === 'green' && problems.length === 0 ? 'green' : 'red'
  const isFirst = verdict === 'green' && desk.progress.doneAt === undefined
  // What is about to count as done is kept first: it is the reader's own solution.
  if (isFirst) await keepAttempt(exercise, 'first green', place)
  if (!isFailed) await noted(desk, { result, problems, verdict })
  if (verdict === 'green') tellGreen(desk, isFirst)
  return verdict
}

function resultOf(desk: Desk, { outcomes, printed, notShown, ms }: Ran): EventOf<'result'> {
  const tests = inOrder(outcomes, desk.exercise.front).map((outcome) => testOf(outcome))
  const isGreen = tests.length > 0 && tests.every(({ ok }) => ok)
  const { failure, sameFailures } = desk.progress
  const isSame = failure !== undefined && failure === failureOf(tests, [])
  return {
    kind: 'result',
    exercise: desk.name,
    verdict: isGreen ? 'green' : 'red',
    tests,
    printed,
    notShown,
    ms: Math.round(ms),
    sameFailures: isGreen ? 0 : isSame ? sameFailures + 1 : 1,
    done: doneIn(desk.workshop),
    of: desk.workshop.exercises.length,
  }
}

/** What is told of a test. */
export const testOf = ({ name, ok, code, message, ms, explored }: TestOutcome): TestEvent => ({
  name,
  ok,
  ...(code === undefined ? {} : { code }),
  ...(message === undefined ? {} : { message }),
  ms,
  explored,
})

/** What makes two failures the same: the test and its code, or what the compiler says. */
function failureOf(tests: readonly TestEvent[], problems: readonly TypeProblem[]) {
  const first = tests.find(({ ok }) => !ok)
  if (first) return `${first.code}: ${first.name}`
  const [problem] = problems
  return problem && `${problem.code}: ${problem.file}`
}

type Ended = {
  readonly result: EventOf<'result'>
  readonly problems: readonly TypeProblem[]
  readonly verdict: 'green' | 'red'
}

async function noted(desk: Desk, { result: { tests }, problems, verdict }: Ended): Promise<void> {
  const passed = tests.filter(({ ok }) => ok).length
  const run = { at: new Date().toISOString(), verdict, passed, of: tests.length }
  const failure = failureOf(tests, problems)
  const now = startHash(desk.exercise)
  // As long as nothing is changed, the work has not begun.
  const { changed, added } = await workOn(desk.exercise, desk.place)
  const hasBegun = changed.length + added.length > 0
  await desk.note((before) => ({
    ...afterRun(before, run, failure),
    start: hasBegun ? (before.start ?? now) : now,
  }))
}

function tellGreen(desk: Desk, isFirst: boolean): void {
  const readme = desk.exercise.start.get('README.md') ?? ''
  const next = nextAfter(desk.workshop, desk.exercise)
  desk.emit({
    kind: 'green',
    exercise: desk.name,
    isFirst,
    done: doneIn(desk.workshop),
    holds: guaranteesOf(readme),
    open: openQuestionOf(readme),
    ...(next ? { next: nameOf(next) } : {}),
  })
}
