// `verify`: proves the contract of the exercises, for authors, contributors and CI.

import { parseArgs } from 'node:util'
import { type Exercise, readExercises } from '../catalogue/exercise.ts'
import { type Pristine, readPristine } from '../catalogue/pristine.ts'
import { repairChain } from '../checking/chain.ts'
import { realLines, type RealOptions, type RealVerification, verifyReal } from '../checking/real.ts'
import { type Check, type Covered, type Verification, verify } from '../checking/verify.ts'
import { type Command, type ExitCode, SetupProblem } from '../command.ts'
import { realBrokers } from '../real/brokers.ts'

export const command: Command = {
  summary: 'proves that starts fail, solutions hold and wrong answers are caught',
  usage: '[NN...] [--json] [--fix] [--worktree] [--real [--broker sqlite|rabbitmq] [--seed N]]',
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        /** Copies into each start what must be its predecessor's solution. */
        fix: { type: 'boolean', default: false },
        /** Verifies the exercises as they are in the working tree: for authors. */
        worktree: { type: 'boolean', default: process.env['CI'] === 'true' },
        /** Runs the tests of the marked solutions on real processes, and nothing else. */
        real: { type: 'boolean', default: false },
        /** Where. Default: wherever they are marked for, and there is such a broker. */
        broker: { type: 'string' },
        /** Decides when faults happen on real processes. */
        seed: { type: 'string', default: '1' },
      },
    })
    if (values.real) return real(positionals, values)
    const worktree = values.worktree || values.fix
    if (values.fix) await fix(positionals)
    const { results, source } = await verifyExercises({ worktree, wanted: positionals })
    if (values.json) for (const result of results) console.log(JSON.stringify(jsonOf(result)))
    else printResults(results, source)
    return results.every(({ ok }) => ok) ? 0 : 1
  },
}

export type VerifyOptions = { readonly worktree: boolean; readonly wanted?: readonly string[] }

/** The results of all exercises, or of those that are wanted, and where they were read from. */
export async function verifyExercises({ worktree, wanted = [] }: VerifyOptions): Promise<{
  readonly results: readonly Verification[]
  readonly source: string
}> {
  const pristine = await readPristine({ worktree })
  const chosen = await readExercises(pristine, wanted)
  return {
    results: await verify(chosen, await withPredecessors(chosen, pristine)),
    source: pristine.source,
  }
}

/** How many parts of the contract hold, and a text for each that does not. */
export function foundBy(results: readonly Verification[]): {
  readonly passed: number
  readonly failures: readonly string[]
} {
  const parts = results.flatMap((result) =>
    partsOf(result).map((part) => ({ ...part, exercise: result.exercise })),
  )
  const failed = parts.filter(({ check }) => !check.ok)
  return {
    passed: parts.length - failed.length,
    failures: failed.map(({ exercise, text, check }) =>
      [`${exercise}, ${text}`, ...check.problems].join('\n    '),
    ),
  }
}

type RealWish = {
  readonly json: boolean
  readonly worktree: boolean
  readonly broker?: string
  readonly seed: string
}

async function real(wanted: readonly string[], wish: RealWish): Promise<ExitCode> {
  // With --json, what people want to know goes where it is no answer.
  const print = wish.json ? console.error : console.log
  const brokers = await realBrokers(wish.broker, print)
  const results = await verifyOnProcesses({ ...wish, wanted, brokers })
  if (wish.json) for (const result of results) console.log(JSON.stringify(result))
  else console.log(realLines(results).join('\n'))
  return results.every(({ ok }) => ok) ? 0 : 1
}

/** The results of the marked solutions on real processes. Throws a `SetupProblem` where none is
 *  marked. */
export async function verifyOnProcesses(
  options: VerifyOptions & RealOptions,
): Promise<readonly RealVerification[]> {
  const { worktree, wanted, brokers } = options
  const exercises = await readExercises(await readPristine({ worktree }), wanted)
  const results = await verifyReal(exercises, options)
  if (results.length > 0) return results
  const names = brokers.map(({ kind }) => kind).join(' or ')
  throw new SetupProblem(`expected an exercise marked with "real: ${names}", got none`)
}

async function fix(wanted: readonly string[]): Promise<void> {
  const pristine = await readPristine({ worktree: true })
  const chosen = await readExercises(pristine, wanted)
  const all = await withPredecessors(chosen, pristine)
  for (const exercise of chosen) {
    for (const path of await repairChain(exercise, all)) console.error(`wrote ${path}`)
  }
}

/** What others are still at work on is not read. */
async function withPredecessors(
  chosen: readonly Exercise[],
  pristine: Pristine,
): Promise<readonly Exercise[]> {
  const before = chosen
    .map(({ front }) => front.after)
    .filter((after) => [...pristine.files.keys()].some((path) => path.split('/')[1] === after))
    .filter((after) => !chosen.some(({ folder }) => folder === after))
  return before.length === 0 ? chosen : [...chosen, ...(await readExercises(pristine, before))]
}

/** The problems only where there are any: a line stays readable. */
function jsonOf(result: Verification): unknown {
  const brief = <T extends Check>({ problems, ...rest }: T) =>
    problems.length > 0 ? { ...rest, problems } : rest
  return {
    ...result,
    start: brief(result.start),
    solution: brief(result.solution),
    real: brief(result.real),
    wrong: result.wrong.map(brief),
    right: result.right.map(brief),
    chain: brief(result.chain),
    shape: brief(result.shape),
  }
}

/** One line for each part of the contract, and each problem under its part. */
export function printResults(results: readonly Verification[], source: string): void {
  console.log(`exercises from ${source}\n`)
  for (const result of results) {
    console.log(`${result.ok ? '✔' : '✘'} ${result.exercise}  ${result.ms} ms`)
    for (const { text, check } of partsOf(result)) {
      console.log(`    ${check.ok ? '✔' : '✘'} ${text}`)
      for (const problem of check.problems) console.log(`        ${problem}`)
    }
  }
}

type Part = { readonly text: string; readonly check: Check }

/** The parts of the contract, as people read them. */
function partsOf(result: Verification): readonly Part[] {
  const { start, solution, real, wrong, right, chain, shape, covered } = result
  const codes = start.failed.map(({ code }) => code).join(', ')
  return [
    { text: `start fails as it says${codes ? `: ${codes}` : ''}`, check: start },
    { text: `solution holds: ${coverageOf(covered)}`, check: solution },
    { text: 'solution holds on real adapters, where it is marked', check: real },
    ...wrong.map((one) => ({ text: `wrong ${one.name}: ${one.code}`, check: one })),
    ...right.map((one) => ({ text: `right ${one.name}`, check: one })),
    { text: 'chain', check: chain },
    { text: 'shape', check: shape },
  ]
}

function coverageOf({ explorations, complete, schedules, ms }: Covered): string {
  const sampled = explorations - complete
  const share = sampled === 0 ? 'each complete' : `${complete} complete, ${sampled} sampled`
  return `${explorations} explorations, ${share}, ${schedules.toLocaleString('en')} schedules, ${ms} ms`
}
