// The way in: explores a system, or replays one schedule of it, and tells what it found.

import type { Act } from './act.ts'
import type { Faults } from './budget.ts'
import type { Drain } from './drain.ts'
import { drive, type DriveLimits, findDrain } from './drive.ts'
import { difference } from './difference.ts'
import { type Coverage, type Effort, Explorer, type Outcome } from './explorer.ts'
import { leftTheWorld, withEscapes } from './escapes.ts'
import type { Finding } from './finding.ts'
import { type Pause, Runner, type System } from './run.ts'
import { encodeSchedule, replay } from './schedule.ts'
import type { Failure } from './shrink.ts'
import { fixed } from './strategies/fixed.ts'
import { randomWalk } from './strategies/random.ts'
import { told } from './strategies/told.ts'
import { randomOf, type Strategy } from './strategy.ts'
import { linesOf, Trace } from './trace.ts'
import { Hangs } from './watchdog.ts'
import type { ClockOptions } from './world.ts'

export type SystemOptions = ClockOptions & {
  readonly system: System
  /** Default: none. */
  readonly faults?: Faults
  /** How many steps a run may take before it counts as endless. Default 2000. */
  readonly maxSteps?: number
  /** How promises are drained. Default: synchronously where Node can. */
  readonly drain?: 'synchronous' | 'event loop'
}

export type ExploreSystemOptions = SystemOptions & { readonly effort?: Partial<Effort> }

/** One schedule that fails, ready to be shown. */
export type Counterexample = {
  readonly finding: Finding
  /** What `replaySystem` takes to do it again. */
  readonly schedule: string
  readonly trace: Trace
}

export type SystemReport = {
  readonly counterexample: Counterexample | undefined
  readonly coverage: Coverage
  /** Goals that no schedule reached; only where nothing failed. */
  readonly missed: readonly string[]
  readonly schedules: number
  readonly steps: number
}

export type SystemReplay = {
  readonly finding: Finding | undefined
  readonly trace: Trace
  /** What did not go as the schedule says. */
  readonly diverged: readonly string[]
}

/** Explores `system`; see explorer.ts for what is tried, and in which order. Throws `Hangs` where the
 *  machine is so busy that a slice of work was cut off again and again. */
export async function exploreSystem(options: ExploreSystemOptions): Promise<SystemReport> {
  for (const limitMs of patienceMs) {
    const report = await attemptTo(options, limitMs)
    if (report) return report
  }
  throw outOfPatience()
}

/** How long a part may take, from attempt to attempt. A machine that has much else to do lets it
 *  stand still for seconds: whoever is ended meanwhile begins again, and is given longer. */
const patienceMs = [1000, 4000, 16_000]

const outOfPatience = (): Error =>
  new Error(
    `expected each part of a run to be over within ${(patienceMs.at(-1) ?? 0) / 1000} s, got one ` +
      'that hardly ran in that time. Try again when the machine has less to do',
  )

/** No report: it was cut off where nothing hangs. */
async function attemptTo(
  options: ExploreSystemOptions,
  limitMs: number,
): Promise<SystemReport | undefined> {
  const stage = await open(options)
  const { runner } = stage
  const explorer = new Explorer(runner, {
    faults: options.faults ?? {},
    ...(options.effort ? { effort: options.effort } : {}),
  })
  let outcome: Outcome
  try {
    outcome = await stage.drive(explorer.explore(), { limitMs })
  } catch (error) {
    if (!(error instanceof Hangs)) throw error
    if (!error.wasAtWork) return undefined
    // Whether it hangs shows when it runs again.
    const counterexample = await hanging(stage, fixed([...runner.choices]))
    if (!counterexample) return undefined
    const { runs: schedules, steps } = runner
    const coverage = { kind: 'sampled', schedules, allUpToCost: -1 } as const
    return { counterexample, coverage, missed: [], schedules, steps }
  }
  const { failure, coverage, runs, steps } = outcome
  const missed = failure ? [] : explorer.goals.filter((goal) => !explorer.reached.has(goal))
  const counterexample = failure && (await shown(stage, failure))
  return { counterexample, coverage, missed, schedules: runs, steps }
}

export type SystemTold = Traced & {
  /** Which act was not possible, and why; then the run ends there, and nothing was judged. */
  readonly problem: string | undefined
}

/** Runs the one schedule that `acts` tell, and goes on without faults where they end. */
export async function tellSystem(
  acts: readonly Act[],
  options: SystemOptions,
): Promise<SystemTold> {
  const stage = await open(options)
  const strategy = told(acts)
  const first = await traced(stage, strategy)
  if (first.finding) return { ...first, problem: undefined }
  const { problem } = strategy
  const hidden = await hiddenIn(stage, first, strategy)
  return hidden ? { ...hidden, problem: undefined } : { ...first, problem }
}

/** Runs one schedule, by the words of its choices where their positions no longer fit. */
export async function replaySystem(
  schedule: string,
  options: SystemOptions,
): Promise<SystemReplay> {
  const stage = await open(options)
  const exact = replay(schedule, { byWords: false })
  const first = await traced(stage, exact)
  if (exact.diverged.length > 0) {
    const byWords = replay(schedule, { byWords: true })
    const second = await traced(stage, byWords)
    return { ...second, diverged: byWords.diverged }
  }
  if (first.finding) return { ...first, diverged: [] }
  const hidden = await hiddenIn(stage, first, replay(schedule, { byWords: false }))
  return { ...(hidden ?? first), diverged: [] }
}

export type WalkOptions = SystemOptions & {
  /** Decides which of the steps that can be next is. */
  readonly seed: number
  /** How likely a fault is, at each choice where one can happen. */
  readonly faultProbability: number
  readonly trace?: Trace
}

export type SystemWalk = { readonly finding: Finding | undefined; readonly steps: number }

/** Runs one schedule of any length, chosen by chance: the same for the same seed. */
export async function walkSystem(options: WalkOptions): Promise<SystemWalk> {
  const { seed, faultProbability, trace, ...how } = options
  const { runner, drive: driven } = await open(how)
  const strategy = randomWalk({ random: randomOf(seed), faultProbability })
  // As for a traced run: there is no second opinion on whether it hangs.
  const { finding, cost } = await driven(runner.run(strategy, trace), { limitMs: 5000 })
  return { finding, steps: cost.steps }
}

type Stage = {
  readonly runner: Runner
  readonly drive: <T>(work: Generator<Pause | undefined, T>, limits?: DriveLimits) => Promise<T>
}

async function open({ drain: how, ...options }: SystemOptions): Promise<Stage> {
  const drain: Drain | undefined = how === 'event loop' ? undefined : await findDrain()
  const runner = new Runner({ maxSteps: 2000, faults: {}, ...options, drain })
  return {
    runner,
    drive: (work, limits = {}) =>
      drive(work, {
        ...limits,
        drain,
        onRealTime: (call) => runner.realTime(call),
        onLog: (text) => runner.logged(text),
      }),
  }
}

type Traced = Omit<SystemReplay, 'diverged'>

async function traced(stage: Stage, strategy: Strategy): Promise<Traced> {
  for (const limitMs of patienceMs) {
    const trace = new Trace({ hasStacks: true })
    try {
      const { finding } = await stage.drive(stage.runner.run(strategy, trace), { limitMs })
      return { finding, trace }
    } catch (cause) {
      if (!(cause instanceof Hangs)) throw cause
      // One run takes milliseconds: there is no second opinion on one that takes all of that.
      if (cause.wasAtWork) return { finding: endlessLoop(stage.runner, cause), trace }
    }
  }
  throw outOfPatience()
}

/** What went well may have been remembered: runs it once more, and gives that run where it did
 *  not go the same way. */
async function hiddenIn(
  stage: Stage,
  first: Traced,
  strategy: Strategy,
): Promise<Traced | undefined> {
  const again = await traced(stage, strategy)
  const finding = difference(linesOf(first.trace), linesOf(again.trace))
  return finding && { ...again, finding }
}

/** The failing run once more, with stacks, and with the place where it left the simulated world. */
async function shown(stage: Stage, { choices, finding }: Failure): Promise<Counterexample> {
  const trace = new Trace({ hasStacks: true })
  // It has come to its end before; with a trace it takes longer.
  const run = await stage.drive(stage.runner.run(fixed(choices), trace), { limitMs: 10_000 })
  // Only this run has stacks; but what was found must be what is shown.
  const same = run.finding?.code === finding.code ? run.finding : finding
  const schedule = encodeSchedule(run.choices, trace.marks)
  if (!same.isUnsettled) return { finding: same, schedule, trace }
  const again = withEscapes(stage.runner.run(fixed(choices), new Trace()))
  // To end it from outside while hooks are on would end the process.
  const { escaped } = await stage.drive(again, { limitMs: Infinity })
  return { finding: escaped ? leftTheWorld(same, escaped) : same, schedule, trace }
}

/** The run that never gave control back, up to there; undefined when this time it does. */
async function hanging(stage: Stage, strategy: Strategy): Promise<Counterexample | undefined> {
  const { finding, trace } = await traced(stage, strategy)
  if (!(finding?.cause instanceof Hangs)) return undefined
  return { finding, schedule: encodeSchedule(stage.runner.choices, trace.marks), trace }
}

function endlessLoop({ last }: Runner, cause: Hangs): Finding {
  const where = last ? `after the step "${last.label}"` : 'at its start'
  const sentence = 'expected the code to wait for something or to end, got a loop without end'
  return { code: 'STUCK', sentence: `${sentence} ${where}`, cause }
}
