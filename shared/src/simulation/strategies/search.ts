// Depth-first search, run by run: each run follows the last one up to the deepest choice that has
// an alternative left, and takes it. Bounded by a number of faults and switches, so that a small
// bound means simple schedules. A state that was met before, with at least as much of the bound
// left, is not searched again: whatever can follow it has been seen.
//
// That is a proof for the bound when the search completes, provided that `Simulation.digest` tells
// apart all states whose futures differ. fuzz.test.ts compares it with a search without pruning.

import { mix } from '../digest.ts'
import type { Option, Options } from '../option.ts'
import type { Simulation } from '../simulation.ts'
import { prune, type Strategy } from '../strategy.ts'

export type SearchOptions = {
  /** Faults and switches together. Default: no limit but the budget of faults. */
  readonly cost?: number
  /** Faults alone. Default: no limit but the budget. */
  readonly faults?: number
  /** Whether to leave out states that were met before. Default true. */
  readonly prunes?: boolean
}

type Choice = { readonly positions: readonly number[]; next: number }

export class Search implements Strategy {
  readonly usesState: boolean
  readonly #cost: number
  readonly #faults: number
  readonly #prunes: boolean
  readonly #seen = new Map<number, number>()
  readonly #path: Choice[] = []
  #depth = 0
  #spent = 0
  #spentFaults = 0

  constructor({ cost = Infinity, faults = Infinity, prunes = true }: SearchOptions = {}) {
    this.#cost = cost
    this.#faults = faults
    this.#prunes = prunes
    this.usesState = prunes
  }

  /** How many states with a choice were met. */
  get states(): number {
    return this.#seen.size
  }

  /** How many choices of the next run are those of the last one; the last of them changes. */
  get depth(): number {
    return this.#path.length
  }

  begin(): void {
    this.#depth = 0
    this.#spent = 0
    this.#spentFaults = 0
  }

  choose(simulation: Simulation, options: Options, isBoundary: boolean): number {
    const known = this.#path[this.#depth]
    if (!known && isBoundary && this.#prunes && this.#wasMet(simulation)) return prune
    const choice = known ?? { positions: this.#allowed(options), next: 0 }
    if (!known) this.#path.push(choice)
    this.#depth += 1
    const position = choice.positions[choice.next] ?? 0
    const option = options.at(position)
    this.#spent += costOf(option)
    if (option.spends !== undefined) this.#spentFaults += 1
    return position
  }

  /** Goes to the next alternative. False: there is none left, the search is complete. */
  advance(): boolean {
    for (;;) {
      const choice = this.#path.at(-1)
      if (!choice) return false
      choice.next += 1
      if (choice.next < choice.positions.length) return true
      this.#path.pop()
    }
  }

  #wasMet(simulation: Simulation): boolean {
    const isBounded = this.#cost < Infinity
    const left = isBounded ? this.#cost - this.#spent : 0
    const state = simulation.digest()
    // What a switch costs depends on who ran last.
    const key = isBounded ? mix(state, simulation.lastDigest) : state
    const before = this.#seen.get(key)
    if (before !== undefined && before >= left) return true
    this.#seen.set(key, left)
    return false
  }

  #allowed(options: Options): readonly number[] {
    const positions: number[] = []
    for (let index = 0; index < options.length; index += 1) {
      const option = options.at(index)
      if (this.#spent + costOf(option) > this.#cost) continue
      if (option.spends !== undefined && this.#spentFaults + 1 > this.#faults) continue
      positions.push(index)
    }
    return positions
  }
}

const costOf = (option: Option): number =>
  (option.spends !== undefined ? 1 : 0) + (option.isSwitch ? 1 : 0)
