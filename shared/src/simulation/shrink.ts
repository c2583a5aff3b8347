// Makes a failing schedule simpler: fewer faults and switches first, then fewer faults, then fewer
// steps. A schedule is a list of choices in which 0 means "go on", and every list is a schedule, so
// that setting choices to 0 and leaving some out is all there is to try.

import type { Cost, Pause, Run, Runner } from './run.ts'
import { fixed } from './strategies/fixed.ts'

export type Failure = Run & { readonly finding: NonNullable<Run['finding']> }

export const isFailure = (run: Run): run is Failure => run.finding !== undefined

/** Below 0 where `a` is the simpler one. */
export function compareCost(a: Cost, b: Cost): number {
  return a.faults + a.switches - b.faults - b.switches || a.faults - b.faults || a.steps - b.steps
}

const sum = (choices: readonly number[]): number => choices.reduce((total, one) => total + one, 0)

const isSimpler = (a: Run, b: Run): boolean =>
  (compareCost(a.cost, b.cost) || sum(a.choices) - sum(b.choices)) < 0

/** A failure with the same code, at most as complex; at most `maxRuns` are tried. */
export function* shrink(
  runner: Runner,
  first: Failure,
  maxRuns = 400,
): Generator<Pause | undefined, Failure> {
  let best = first
  let runs = 0
  const improves = function* (choices: readonly number[]): Generator<Pause | undefined, boolean> {
    runs += 1
    const run = yield* runner.run(fixed(choices))
    if (!isFailure(run) || run.finding.code !== first.finding.code) return false
    if (!isSimpler(run, best)) return false
    best = run
    return true
  }
  for (;;) {
    const before = best
    for (const candidate of candidates(before.choices)) {
      if (runs >= maxRuns) return best
      if (yield* improves(candidate)) break
    }
    if (best === before) return best
  }
}

/** Simpler lists, the boldest first. */
function* candidates(choices: readonly number[]): Generator<readonly number[]> {
  for (let size = choices.length; size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < choices.length; start += size) {
      if (choices.slice(start, start + size).every((one) => one === 0)) continue
      yield choices.map((one, index) => (index >= start && index < start + size ? 0 : one))
    }
  }
  for (let size = 8; size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start + size <= choices.length; start += 1) {
      yield choices.toSpliced(start, size)
    }
  }
  for (const [index, one] of choices.entries()) {
    if (one === 0) continue
    for (let lower = 1; lower < one; lower += 1) yield choices.with(index, lower)
    // The same choice a little later.
    yield choices.toSpliced(index, 0, 0)
    if (choices[index + 1] === 0) yield choices.with(index, 0).with(index + 1, one)
  }
}
