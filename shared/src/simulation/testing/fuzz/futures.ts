// A search that prunes nothing, and holds the digest to its word: wherever two schedules meet in a
// state with the same digest, the same must be able to follow. That finds a digest that leaves
// something out long before a search that relies on it happens to lose an end.

import { mix } from '../../digest.ts'
import type { Options } from '../../option.ts'
import type { Simulation } from '../../simulation.ts'
import { Search } from '../../strategies/search.ts'
import type { Strategy } from '../../strategy.ts'

type Visit = { readonly state: number; readonly ends: Set<string> }

export class Futures implements Strategy {
  readonly usesState = true
  /** How many states were met with one future at one time and with another one at another. */
  confused = 0
  readonly #search = new Search({ prunes: false })
  readonly #known = new Map<number, string>()
  /** The choices of this run, up to the deepest one that the next run shares. */
  #path: Visit[] = []
  #depth = 0

  begin(): void {
    this.#search.begin()
    this.#depth = 0
  }

  choose(simulation: Simulation, options: Options, isBoundary: boolean): number {
    this.#path[this.#depth] ??= {
      state: isBoundary ? stateOf(simulation, options) : Number.NaN,
      ends: new Set(),
    }
    this.#depth += 1
    return this.#search.choose(simulation, options, isBoundary)
  }

  /** Notes how the run ended. */
  end(state: string): void {
    for (const { ends } of this.#path) ends.add(state)
  }

  advance(): boolean {
    const isLeft = this.#search.advance()
    const shared = isLeft ? this.#search.depth : 0
    for (const { state, ends } of this.#path.splice(shared)) this.#compare(state, ends)
    return isLeft
  }

  #compare(state: number, ends: ReadonlySet<string>): void {
    // A coin is tossed in the middle of a step, where the digest does not have to tell anything.
    if (Number.isNaN(state)) return
    const future = [...ends].toSorted().join('\n')
    const before = this.#known.get(state)
    if (before === undefined) this.#known.set(state, future)
    else if (before !== future) this.confused += 1
  }
}

/** A process that has changed nothing with its last step is not offered to crash: that would be the
 *  same as before. So its future is a part of the future of another state, and no less covered. */
function stateOf(simulation: Simulation, options: Options): number {
  let crashes = 0
  for (let index = 0; index < options.length; index += 1) {
    if (options.at(index).spends === 'crashes') crashes += 1
  }
  return mix(simulation.digest(), crashes)
}
