// Runs a random program through whole searches, and says what they saw.

import type { Drain } from '../../drain.ts'
import { type Pause, Runner } from '../../run.ts'
import type { Simulation } from '../../simulation.ts'
import { Search } from '../../strategies/search.ts'
import type { Strategy } from '../../strategy.ts'
import { Futures } from './futures.ts'
import type { Program } from './program.ts'
import { systemOf } from './system.ts'

export type Searching = {
  readonly drain: Drain | undefined
  /** Breaks a simulation, before anything is added to it. */
  readonly plant?: (simulation: Simulation) => void
}

export type Seen = {
  /** What was left at the end of the runs, in order. */
  readonly ends: readonly string[]
  readonly runs: number
  readonly hadFault: boolean
  readonly hasWaited: boolean
}

type Complete = Strategy & {
  readonly advance: () => boolean
  readonly end?: (state: string) => void
}

const maxRuns = 1500

/** All that `search` shows of `program`; undefined where that takes too many runs. */
export function* explored(
  program: Program,
  search: Complete,
  { drain, plant = () => undefined }: Searching,
): Generator<Pause | undefined, Seen | undefined> {
  const ends = new Set<string>()
  let [hadFault, hasWaited] = [false, false]
  const system = systemOf(program, {
    plant,
    onWait: () => (hasWaited = true),
    onEnd: (state) => {
      ends.add(state)
      search.end?.(state)
    },
  })
  const { faults, time } = program
  const runner = new Runner({ system, faults, time, maxSteps: 200, drain })
  do {
    if (runner.runs >= maxRuns) return undefined
    const { cost } = yield* runner.run(search)
    hadFault ||= cost.faults > 0
    yield undefined
  } while (search.advance())
  return { ends: [...ends].toSorted(), runs: runner.runs, hadFault, hasWaited }
}

export type Comparison = {
  readonly plain: Seen
  /** What differs, in words. */
  readonly differences: readonly string[]
}

/** Compares searches of `program` that prune with those that do not; undefined where those would
 *  take too many runs. */
export function* compare(
  program: Program,
  searching: Searching,
): Generator<Pause | undefined, Comparison | undefined> {
  const differences: string[] = []
  const futures = new Futures()
  const plain = yield* explored(program, futures, searching)
  if (!plain) return undefined
  if (futures.confused > 0) differences.push(`${futures.confused} states were taken for others`)
  for (const cost of [Infinity, 0, 1, 2]) {
    const all =
      cost === Infinity
        ? plain
        : yield* explored(program, new Search({ cost, prunes: false }), searching)
    const pruned = yield* explored(program, new Search({ cost }), searching)
    if (all?.ends.join() !== pruned?.ends.join()) differences.push(`other ends at cost ${cost}`)
  }
  return { plain, differences }
}
