// How long things took, as counts of a few classes: the memory is bounded, whatever happens.

/** The upper bounds of the classes, in milliseconds. What takes longer has a class of its own. */
export const boundsMs: readonly number[] = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000,
]

export type HistogramNumbers = {
  /** How many took at most as long as the bound of the same index, and longer than the one before
   *  it; the last for what took longer than all bounds. */
  readonly counts: readonly number[]
  readonly sumMs: number
}

export class Histogram {
  readonly #counts = Array.from({ length: boundsMs.length + 1 }, () => 0)
  #sumMs = 0

  /** A clock that was set back makes a time negative; it counts as none. */
  add(ms: number): void {
    const tookMs = Math.max(0, ms)
    const found = boundsMs.findIndex((bound) => tookMs <= bound)
    const index = found < 0 ? boundsMs.length : found
    this.#counts[index] = (this.#counts[index] ?? 0) + 1
    this.#sumMs += tookMs
  }

  read(): HistogramNumbers {
    return { counts: [...this.#counts], sumMs: this.#sumMs }
  }
}
