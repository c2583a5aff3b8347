// How many faults of each kind may still happen.

import { digestOfText, empty, mix } from './digest.ts'

/** How often each kind of fault may happen in a run. What is not named never happens. */
export type Faults = Readonly<Record<string, number>>

export class Budget {
  /** The sum over all kinds. */
  left = 0
  readonly #left: Record<string, number> = {}
  /** Undefined where something has been spent since it was last asked for. */
  #digest: number | undefined = empty

  constructor(faults: Faults) {
    for (const [kind, count] of Object.entries(faults)) {
      if (!Number.isInteger(count) || count < 0) {
        throw new RangeError(`expected a number of ${kind} of 0 or more, got ${count}`)
      }
      this.#left[kind] = count
      this.left += count
    }
  }

  has(kind: string): boolean {
    return (this.#left[kind] ?? 0) > 0
  }

  spend(kind: string): void {
    this.#left[kind] = (this.#left[kind] ?? 0) - 1
    this.left -= 1
    this.#digest = undefined
  }

  digest(): number {
    this.#digest ??= Object.entries(this.#left).reduce(
      (chain, [name, left]) => mix(mix(chain, digestOfText(name)), left),
      empty,
    )
    return this.#digest
  }
}
