// The contract of the exercises: each start fails as it says, each solution holds, each wrong
// answer is caught for its own reason, each other right answer passes, the chain is whole, the
// shape is right.

import { worldVariable } from '@workshop/shared/explore'
import type { Exercise, WrongAnswer } from '../catalogue/exercise.ts'
import type { FrontMatter } from '../catalogue/front-matter.ts'
import { fromRoot } from '../root.ts'
import { chainProblems } from './chain.ts'
import { withEnvironment } from './environment.ts'
import { Scratch, solutionOf, type Variant, variantsOf } from './scratch.ts'
import { shapeProblems } from './shape.ts'
import { type Outcomes, runTests, type TestOutcome } from './tests.ts'
import { typeProblems } from './types.ts'

export type Check = { readonly ok: boolean; readonly problems: readonly string[] }

/** One exercise's result; with `--json` one line. */
export type Verification = {
  readonly exercise: string
  readonly ok: boolean
  readonly start: Check & { readonly failed: readonly { test: string; code: string }[] }
  readonly solution: Check
  /** The solution's tests on real adapters, where the front matter asks for them. */
  readonly real: Check
  readonly wrong: readonly (Check & { readonly name: string; readonly code: string })[]
  readonly right: readonly (Check & { readonly name: string })[]
  readonly chain: Check
  readonly shape: Check
  /** What the solution's explorations covered. */
  readonly covered: Covered
  /** The time that the tests of all its answers took, in milliseconds. */
  readonly ms: number
}

export type Covered = {
  readonly explorations: number
  /** How many of them tried every schedule within their bounds. */
  readonly complete: number
  readonly schedules: number
  /** The time that the solution's tests took, in milliseconds. */
  readonly ms: number
}

/** Verifies `chosen`; `all` is where predecessors are looked up. */
export async function verify(
  chosen: readonly Exercise[],
  all: readonly Exercise[],
): Promise<readonly Verification[]> {
  await using scratch = await Scratch.make()
  for (const exercise of chosen) {
    for (const variant of variantsOf(exercise)) await scratch.layOut(exercise, variant)
  }
  const [types, outcomes] = await Promise.all([
    typeProblems(scratch.folder),
    runTests([fromRoot(scratch.folder)], { exercises: chosen.length }),
  ])
  const real = await runReal(chosen, scratch)
  return await Promise.all(
    chosen.map(async (exercise) => {
      const result = (variant: Variant): Result => {
        const at = fromRoot(scratch.path(exercise, variant))
        return { tests: outcomes.get(at) ?? [], types: types.get(at) ?? [] }
      }
      return judge(exercise, {
        result,
        real: check(realProblems(exercise, real.get(solutionFolder(exercise, scratch)))),
        chain: check(chainProblems(exercise, all)),
        shape: check(await shapeProblems(exercise)),
      })
    }),
  )
}

/** On the embedded adapters, in one process: `verify --real` is for the others. */
const isPlayed = ({ real }: FrontMatter): boolean => real?.includes('sqlite') ?? false

/** The tests of the solutions that are marked, on real adapters. */
async function runReal(chosen: readonly Exercise[], scratch: Scratch): Promise<Outcomes> {
  const marked = chosen.filter(({ front }) => isPlayed(front))
  if (marked.length === 0) return new Map()
  const folders = marked.map((exercise) => solutionFolder(exercise, scratch))
  return withEnvironment({ [worldVariable]: 'sqlite' }, () =>
    runTests(folders, { exercises: folders.length }),
  )
}

const solutionFolder = (exercise: Exercise, scratch: Scratch): string =>
  fromRoot(scratch.path(exercise, solutionOf(exercise)))

const realProblems = ({ front }: Exercise, tests: readonly TestOutcome[] = []) =>
  isPlayed(front) ? greenProblems({ tests, types: [] }) : []

export type Result = { readonly tests: readonly TestOutcome[]; readonly types: readonly string[] }

type Findings = {
  readonly result: (variant: Variant) => Result
  readonly real: Check
  readonly chain: Check
  readonly shape: Check
}

function judge(exercise: Exercise, { result, real, chain, shape }: Findings): Verification {
  const variants = variantsOf(exercise)
  const of = (kind: Variant['kind']) => variants.filter((variant) => variant.kind === kind)
  const [start, solution] = [of('start'), of('solution')].map(([variant]) =>
    variant ? result(variant) : { tests: [], types: [] },
  ) as [Result, Result]
  const wrong = exercise.wrong.map((answer, index) => {
    const variant = of('wrong')[index]
    const { name, code } = answer
    return { name, code, ...check(variant ? wrongProblems(answer, result(variant)) : ['not run']) }
  })
  const right = of('right').map((variant) => ({
    name: variant.name,
    ...check(greenProblems(result(variant))),
  }))
  const parts = {
    start: { ...check(startProblems(exercise, start)), failed: failedOf(start) },
    solution: check(greenProblems(solution)),
    real,
    chain,
    shape,
  }
  return {
    exercise: exercise.folder,
    ok: [...Object.values(parts), ...wrong, ...right].every(({ ok }) => ok),
    ...parts,
    wrong,
    right,
    covered: coveredBy(solution),
    ms: variants.flatMap((variant) => result(variant).tests).reduce((sum, { ms }) => sum + ms, 0),
  }
}

function coveredBy({ tests }: Result): Covered {
  const explored = tests.flatMap((test) => test.explored)
  return {
    explorations: explored.length,
    // Where a failure is what is expected, the search ends with it.
    complete: explored.filter(({ ok, coverage }) => !ok || coverage.kind === 'all').length,
    schedules: explored.reduce((sum, { schedules }) => sum + schedules, 0),
    ms: tests.reduce((sum, { ms }) => sum + ms, 0),
  }
}

const check = (problems: readonly string[]): Check => ({ ok: problems.length === 0, problems })

const failedOf = ({ tests }: Result): Verification['start']['failed'] =>
  tests.filter(({ ok }) => !ok).map(({ name, code }) => ({ test: name, code: code ?? 'none' }))

/** What is not as the page of `exercise` says of its start. */
export function startProblems({ front, start }: Exercise, result: Result): readonly string[] {
  const failed = failedOf(result)
  const declared = new Map(front.red.map(({ test, code }) => [test, code]))
  return [
    ...result.types,
    ...ran(result),
    ...failed
      .filter(({ test, code }) => declared.get(test) !== code)
      .map(({ test, code }) => `expected ${declared.get(test) ?? 'green'}, got ${code}: ${test}`),
    ...front.red
      .filter(({ test }) => !failed.some((one) => one.test === test))
      .map(({ test, code }) => `expected ${code}, got green, or no such test: ${test}`),
    ...pictureProblems(start.get('README.md') ?? '', result),
  ]
}

/** What the README shows is what the failing tests print, line by line. */
function pictureProblems(readme: string, { tests }: Result): readonly string[] {
  const section = /\n## See it fail\n(.*?)\n## /s.exec(readme)?.[1] ?? ''
  const drawn = section.split('\n').filter((line) => line.includes('│'))
  const printed = new Set(
    tests.flatMap(({ message = '' }) => message.split('\n').map((line) => line.trim())),
  )
  return drawn
    .filter((line) => !printed.has(line.trim()))
    .map((line) => `README.md: expected a line of the picture that a test prints, got "${line}"`)
}

/** What is not green. */
export const greenProblems = (result: Result): readonly string[] => [
  ...result.types,
  ...ran(result),
  ...result.tests
    .filter(({ ok }) => !ok)
    .map(({ name, message }) => `expected green, got "${message ?? ''}": ${name}`),
]

function wrongProblems({ code }: WrongAnswer, result: Result): readonly string[] {
  const codes = failedOf(result).map((failed) => failed.code)
  const [first] = codes
  if (first === undefined) return [...result.types, ...ran(result), `expected ${code}, got green`]
  return [
    ...result.types,
    ...(codes.includes(code) ? [] : [`expected ${code}, got ${codes.join()}`]),
  ]
}

const ran = ({ tests }: Result): readonly string[] =>
  tests.length > 0 ? [] : ['expected at least one test, got none']
