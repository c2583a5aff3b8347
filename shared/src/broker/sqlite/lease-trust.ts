// Whether an expired lease means that its owner is gone. A process that slept (a closed laptop, a
// paused container) or whose clock jumped cannot tell: the owners may have slept as well. So it
// gives them the time of one renewal before it takes what they held. So does a process that starts.

export type LeaseTrustOptions = {
  /** How often `observe` is called while the process runs. */
  readonly everyMs: number
  /** Within what time a living owner renews its lease. */
  readonly renewMs: number
}

export class LeaseTrust {
  readonly #longestGapMs: number
  readonly #renewMs: number
  #observedAtMs = -Infinity
  #fromMs = -Infinity

  constructor({ everyMs, renewMs }: LeaseTrustOptions) {
    this.#longestGapMs = everyMs + renewMs
    this.#renewMs = renewMs
  }

  /** To be called regularly. The time from which on an expired lease can be taken over. */
  observe(nowMs: number): number {
    const gapMs = nowMs - this.#observedAtMs
    if (gapMs < 0 || gapMs > this.#longestGapMs) this.#fromMs = nowMs + this.#renewMs
    this.#observedAtMs = nowMs
    return this.#fromMs
  }
}
