// Those who wait for a transaction go on, a few in each turn of the event loop.

import { FewPerTurn } from '../world/index.ts'
import type { Settle } from './transactions.ts'

export class Settlements {
  readonly #waiting: Settle[] = []
  readonly #settling: FewPerTurn

  constructor(perTurn: number) {
    this.#settling = new FewPerTurn(perTurn, () => this.#settleOne())
  }

  /** From the next turn on, in this order. */
  add(settlements: readonly Settle[]): void {
    this.#waiting.push(...settlements)
    this.#settling.goOn()
  }

  /** At once, what is left. */
  settleAll(): void {
    while (this.#settleOne());
  }

  /** They never hear of it. */
  drop(): void {
    this.#waiting.splice(0)
  }

  #settleOne(): boolean {
    const settle = this.#waiting.shift()
    settle?.()
    return settle !== undefined
  }
}
