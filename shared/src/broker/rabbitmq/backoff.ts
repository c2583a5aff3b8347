// How long to pause before the next attempt: full jitter over an exponential bound, so that many
// clients of one broker do not come back at the same moment.
// Source: M. Brooker, "Exponential Backoff And Jitter", 2015.

const firstMs = 50
const mostDoublings = 20
/** What lived so long was no failed attempt. */
const stableMs = 1000

export class Backoff {
  readonly #maxMs: number
  #failures = 0

  constructor(maxMs: number) {
    this.#maxMs = maxMs
  }

  /** The pause after something that lived for `livedMs`. */
  nextMs(livedMs: number): number {
    if (livedMs >= stableMs) this.#failures = 0
    const boundMs = Math.min(this.#maxMs, firstMs * 2 ** this.#failures)
    this.#failures = Math.min(mostDoublings, this.#failures + 1)
    return Math.random() * boundMs
  }
}
