// Looks for a schedule that fails, the simplest first, and says honestly what was covered. In
// order: the story without faults; every schedule with none or one of faults and switches; every
// schedule there is, as far as its budget goes; every one with two; then samples. At the end the
// story once more, and whatever failed, to see that they repeat themselves.
//
// Budgets count steps, never time: a slow machine finds what a fast one finds.

import type { Faults } from './budget.ts'
import { difference, remembers } from './difference.ts'
import { compareCost, type Failure, isFailure, shrink } from './shrink.ts'
import type { Pause, Run, Runner } from './run.ts'
import { fixed } from './strategies/fixed.ts'
import { partialOrderSampling } from './strategies/partial-order.ts'
import { randomWalk } from './strategies/random.ts'
import { Search } from './strategies/search.ts'
import { sequential } from './strategies/sequential.ts'
import { randomOf, type Strategy } from './strategy.ts'
import { linesOf, Trace } from './trace.ts'

export type Effort = {
  /** Faults and switches together, up to which all schedules are tried. Default 2; -1: none. */
  readonly maxCost: number
  /** Steps for each of these bounds. */
  readonly boundedSteps: number
  /** Steps for the search of all schedules; 0: none. */
  readonly searchSteps: number
  /** How many schedules are sampled where the search did not complete. */
  readonly samples: number
  /** How many are sampled where it did: it relies on the digest, and on processes that say they
   *  remember nothing; samples do not. */
  readonly checks: number
  readonly seed: number
}

export const ordinaryEffort: Effort = {
  maxCost: 2,
  boundedSteps: 20_000,
  searchSteps: 80_000,
  samples: 500,
  checks: 100,
  seed: 1,
}

/** What a verdict without a failure is worth. */
export type Coverage =
  | { readonly kind: 'all'; readonly states: number }
  | { readonly kind: 'sampled'; readonly schedules: number; readonly allUpToCost: number }

export type Outcome = {
  readonly failure: Failure | undefined
  readonly coverage: Coverage
  readonly runs: number
  readonly steps: number
}

type Found = { readonly failure: Failure | undefined; readonly isComplete: boolean }

export class Explorer {
  readonly #runner: Runner
  readonly #effort: Effort
  readonly #faults: Faults
  readonly #reached = new Set<string>()
  #first: readonly string[] = []

  constructor(runner: Runner, { faults, effort }: { faults: Faults; effort?: Partial<Effort> }) {
    this.#runner = runner
    this.#faults = faults
    this.#effort = { ...ordinaryEffort, ...effort }
  }

  /** The goals that there are. */
  get goals(): readonly string[] {
    return this.#runner.goals
  }

  /** The goals that some schedule reached. */
  get reached(): ReadonlySet<string> {
    return this.#reached
  }

  *explore(): Generator<Pause | undefined, Outcome> {
    const first = yield* this.#begin()
    if (first) return yield* this.#verified(first)
    const { maxCost, searchSteps, samples } = this.#effort
    let allUpToCost = -1
    for (let cost = 0; ; cost += 1) {
      if (cost === Math.min(2, maxCost + 1)) {
        // Small worlds are searched to the end sooner than up to a bound of two.
        const all = yield* this.#everything(searchSteps)
        if (all) return all
      }
      if (cost > maxCost) break
      const { failure, isComplete } = yield* this.#bounded(cost)
      if (failure) return yield* this.#verified(failure)
      if (isComplete && allUpToCost === cost - 1) allUpToCost = cost
    }
    const found = yield* this.#sample(samples)
    if (found) return yield* this.#simplest(found)
    return yield* this.#verified(undefined, { kind: 'sampled', schedules: samples, allUpToCost })
  }

  /** Every schedule there is; undefined where the budget ends before. */
  *#everything(maxSteps: number): Generator<Pause | undefined, Outcome | undefined> {
    if (maxSteps <= 0) return undefined
    const search = new Search()
    const { failure, isComplete } = yield* this.#search(search, maxSteps)
    if (failure) return yield* this.#simplest(failure)
    if (!isComplete) return undefined
    const missed = yield* this.#sample(this.#effort.checks)
    if (missed) return yield* this.#simplest(missed)
    return yield* this.#verified(undefined, { kind: 'all', states: search.states })
  }

  #outcome(failure: Failure | undefined, coverage: Coverage): Outcome {
    const { runs, steps } = this.#runner
    return { failure, coverage, runs, steps }
  }

  /** The story without faults; a failure of it, if it fails. */
  *#begin(): Generator<Pause | undefined, Failure | undefined> {
    const trace = new Trace()
    const run = yield* this.#runner.run(sequential, trace)
    this.#first = linesOf(trace)
    this.#note(run)
    return isFailure(run) ? run : undefined
  }

  *#bounded(cost: number): Generator<Pause | undefined, Found> {
    let isComplete = true
    for (let faults = 0; faults <= Math.min(cost, this.#maxFaults); faults += 1) {
      const found = yield* this.#search(
        new Search({ cost, faults }),
        this.#effort.boundedSteps,
        true,
      )
      if (found.failure) return found
      isComplete = found.isComplete
    }
    return { failure: undefined, isComplete }
  }

  get #maxFaults(): number {
    return Object.values(this.#faults).reduce((total, count) => total + count, 0)
  }

  /** `isThorough`: of all failures that it finds, the one with the fewest steps. */
  *#search(
    search: Search,
    maxSteps: number,
    isThorough = false,
  ): Generator<Pause | undefined, Found> {
    const stopAt = this.#runner.steps + maxSteps
    let failure: Failure | undefined
    do {
      const run = yield* this.#runner.run(search)
      yield undefined
      this.#note(run)
      if (isFailure(run) && (!failure || compareCost(run.cost, failure.cost) < 0)) failure = run
      if (failure && !isThorough) return { failure, isComplete: false }
      if (this.#runner.steps > stopAt) return { failure, isComplete: false }
    } while (search.advance())
    return { failure, isComplete: true }
  }

  *#sample(samples: number): Generator<Pause | undefined, Failure | undefined> {
    const random = randomOf(this.#effort.seed)
    const portfolio: readonly Strategy[] = [
      partialOrderSampling({ random }),
      randomWalk({ random }),
      partialOrderSampling({ random, faultProbability: 0.02 }),
      randomWalk({ random, faultProbability: 0.3 }),
    ]
    for (let sample = 0; sample < samples; sample += 1) {
      const run = yield* this.#runner.run(portfolio[sample % portfolio.length] ?? sequential)
      yield undefined
      this.#note(run)
      if (isFailure(run)) return run
    }
    return undefined
  }

  /** The simplest schedule that fails as `found` does. */
  *#simplest(found: Failure): Generator<Pause | undefined, Outcome> {
    let best = yield* shrink(this.#runner, found)
    const { faults, switches } = best.cost
    for (let cost = 0; cost < Math.min(faults + switches, 4); cost += 1) {
      const { failure } = yield* this.#bounded(cost)
      if (failure?.finding.code === best.finding.code) {
        best = failure
        break
      }
    }
    return yield* this.#verified(best)
  }

  /** Nothing that earlier runs left behind, outside of their worlds, may have made a difference:
   *  the first run, and the one that failed, have to happen again. */
  *#verified(
    failure: Failure | undefined,
    coverage: Coverage = { kind: 'sampled', schedules: this.#runner.runs, allUpToCost: -1 },
  ): Generator<Pause | undefined, Outcome> {
    const trace = new Trace()
    const again = yield* this.#runner.run(sequential, trace)
    const hidden = difference(this.#first, linesOf(trace))
    if (hidden) return this.#outcome({ ...again, finding: hidden }, coverage)
    if (!failure) return this.#outcome(undefined, coverage)
    const second = yield* this.#runner.run(fixed(failure.choices))
    if (second.finding?.code === failure.finding.code) return this.#outcome(failure, coverage)
    const finding = { code: 'HIDDEN_STATE', sentence: `${remembers}. It failed once, and then not` }
    return this.#outcome({ ...second, finding }, coverage)
  }

  #note(run: Run): void {
    for (const goal of run.reached) this.#reached.add(goal)
  }
}
