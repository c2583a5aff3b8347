// Plays a route by itself, the evening before: each start has to be red as its page says, each
// solution green, each demonstration to end as it should. What it takes on this machine is
// measured. It goes on after a problem, and stops only where tests hang.

import type { Exercise } from '../catalogue/exercise.ts'
import { TestsHang } from '../checking/hang.ts'
import type { Variant } from '../checking/scratch.ts'
import type { TestOutcome } from '../checking/tests.ts'
import { greenProblems, startProblems } from '../checking/verify.ts'

export type Kind = Extract<Variant['kind'], 'start' | 'solution'>

/** What a rehearsal plays with. Tests put a stage of their own here. */
export type Stage = {
  /** The milliseconds since some moment. */
  readonly nowMs: () => number
  /** What the compiler says of an answer. The first call checks all of them. */
  readonly types: (exercise: Exercise, kind: Kind) => Promise<readonly string[]>
  /** Runs the tests of an answer. Rejects with `TestsHang` when they do not end. */
  readonly play: (exercise: Exercise, kind: Kind) => Promise<readonly TestOutcome[]>
  /** Whether the demonstration of an answer ended well; undefined where there is none. */
  readonly demo: (exercise: Exercise, kind: Kind) => Promise<Shown | undefined>
}

export type Shown = { readonly ok: boolean; readonly sentence: string }

/** One thing that was played. */
export type Part = {
  readonly ok: boolean
  readonly ms: number
  readonly problems: readonly string[]
}

export type Rehearsed = {
  readonly exercise: string
  readonly ok: boolean
  readonly start: Part & { readonly codes: readonly string[] }
  readonly solution: Part
  /** Of its start and of its solution; undefined where there is none. */
  readonly demo: Part | undefined
}

export type Rehearsal = {
  readonly ok: boolean
  readonly ms: number
  readonly types: Part
  readonly exercises: readonly Rehearsed[]
  /** The exercise whose tests did not end; those after it were not played. */
  readonly hang: { readonly exercise: string; readonly error: TestsHang } | undefined
}

export type Step =
  | { readonly kind: 'types'; readonly part: Part }
  | { readonly kind: 'playing'; readonly exercise: Exercise }
  | { readonly kind: 'played'; readonly rehearsed: Rehearsed }

/** Plays `exercises` one after the other, and tells each step. */
export async function rehearse(
  exercises: readonly Exercise[],
  stage: Stage,
  tell: (step: Step) => void,
): Promise<Rehearsal> {
  const startedMs = stage.nowMs()
  const types = await part(stage, async () => typesOf(exercises, stage))
  tell({ kind: 'types', part: types })
  const played: Rehearsed[] = []
  let hang: Rehearsal['hang']
  for (const exercise of exercises) {
    tell({ kind: 'playing', exercise })
    try {
      const rehearsed = await rehearseOne(exercise, stage)
      played.push(rehearsed)
      tell({ kind: 'played', rehearsed })
    } catch (error) {
      if (!(error instanceof TestsHang)) throw error
      hang = { exercise: exercise.folder, error }
      break
    }
  }
  return {
    ok: types.ok && hang === undefined && played.every(({ ok }) => ok),
    ms: stage.nowMs() - startedMs,
    types,
    exercises: played,
    hang,
  }
}

async function typesOf(exercises: readonly Exercise[], stage: Stage): Promise<readonly string[]> {
  const problems: string[] = []
  for (const exercise of exercises) {
    for (const kind of ['start', 'solution'] as const) {
      problems.push(...(await stage.types(exercise, kind)))
    }
  }
  return problems
}

async function rehearseOne(exercise: Exercise, stage: Stage): Promise<Rehearsed> {
  let codes: readonly string[] = []
  const start = await part(stage, async () => {
    const tests = await stage.play(exercise, 'start')
    codes = [...new Set(tests.flatMap(({ ok, code }) => (ok || code === undefined ? [] : [code])))]
    return startProblems(exercise, { tests, types: [] })
  })
  const solution = await part(stage, async () =>
    greenProblems({ tests: await stage.play(exercise, 'solution'), types: [] }),
  )
  const demo = exercise.solutionFolder.has('demo.ts')
    ? await part(stage, () => demoProblems(exercise, stage))
    : undefined
  const ok = start.ok && solution.ok && demo?.ok !== false
  return { exercise: exercise.folder, ok, start: { ...start, codes }, solution, demo }
}

/** The room is to see the start fail, and the solution hold. */
async function demoProblems(exercise: Exercise, stage: Stage): Promise<readonly string[]> {
  const start = await stage.demo(exercise, 'start')
  const solution = await stage.demo(exercise, 'solution')
  return [
    ...(start?.ok === true ? [`expected the start to end badly, got "${start.sentence}"`] : []),
    ...(solution?.ok === false
      ? [`expected the solution to hold, got "${solution.sentence}"`]
      : []),
  ]
}

/** What `find` found, and how long it took. What it throws is a problem like any other; only tests
 *  that hang are not: nothing can be played after them. */
async function part({ nowMs }: Stage, find: () => Promise<readonly string[]>): Promise<Part> {
  const startedMs = nowMs()
  const problems = await find().catch((error: unknown) => {
    if (error instanceof TestsHang) throw error
    return [error instanceof Error ? error.message : String(error)]
  })
  return { ok: problems.length === 0, ms: Math.round(nowMs() - startedMs), problems }
}
