// When the faults of a performance are spent: each unit of a budget at an opportunity that was
// chosen beforehand. In the real world nobody knows how many opportunities there will be, so a unit
// may be left over: the plan says so.

import type { Spoiled } from './protocol.ts'

/** The faults that real adapters can be given. Of the others, the rest of the world has its own. */
export type Fault =
  | 'crashes'
  | 'duplicates'
  | 'lateCopies'
  | 'refused'
  | 'unknown'
  | 'failedSaves'
  | 'expiredLeases'
  | 'refusedRequests'
  | 'lostRequests'
  | 'delayedRequests'
  | 'lostResponses'
  | 'copiedRequests'

export type Budgets = Readonly<Partial<Record<Fault, number>>>

export class Plan {
  /** For each fault, the opportunities at which a unit is still to be spent, in order. */
  readonly #units = new Map<Fault, readonly number[]>()
  readonly #seen = new Map<Fault, number>()

  /** `choose` gives the opportunity for a unit, counted from 1. */
  constructor(budgets: Budgets, choose: (fault: Fault, unit: number) => number) {
    for (const [name, budget] of Object.entries(budgets)) {
      const fault = name as Fault
      const units = Array.from({ length: budget }, (_, unit) => choose(fault, unit + 1))
      this.#units.set(
        fault,
        units.toSorted((a, b) => a - b),
      )
    }
  }

  /** Whether this opportunity for `fault` is taken. A unit that could not be spent at its own is
   *  spent at the next. */
  spends(fault: Fault): boolean {
    const seen = (this.#seen.get(fault) ?? 0) + 1
    this.#seen.set(fault, seen)
    const [next, ...rest] = this.#units.get(fault) ?? []
    if (next === undefined || next > seen) return false
    this.#units.set(fault, rest)
    return true
  }

  /** A unit that was spent had no effect, and nothing is to be expected of another one. */
  misses(fault: Fault): void {
    this.#units.set(fault, [...(this.#units.get(fault) ?? []), Infinity])
  }

  /** The faults of which something is left. */
  get unspent(): readonly Fault[] {
    return [...this.#units].filter(([, units]) => units.length > 0).map(([fault]) => fault)
  }
}

const spoiling = [
  ['refusedRequests', 'refused'],
  ['lostRequests', 'lost'],
  ['delayedRequests', 'delayed'],
  ['lostResponses', 'unanswered'],
  ['copiedRequests', 'copied late'],
] as const

/** How the next request is spoilt, if the plan says so. */
export const spoiltRequest = (plan: Plan): Spoiled | undefined =>
  spoiling.find(([fault]) => plan.spends(fault))?.[1]
