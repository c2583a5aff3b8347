// A world for tests: time stands still until it is advanced, ids count up, and every coin falls as
// the test says. Nothing in it takes real time.

import type { World } from './world.ts'

export type ManualWorldOptions = {
  /** Default: every coin falls on tails. */
  readonly coin?: (name: string) => boolean
  /** Default: 0.5 every time. */
  readonly random?: (name: string) => number
}

export class ManualWorld implements World {
  readonly clock = { nowMs: () => this.#nowMs }
  readonly ids = { next: () => `id-${(this.#lastId += 1)}` }
  readonly coin: (name: string) => boolean
  readonly random: (name: string) => number
  #nowMs = 0
  #lastId = 0
  #sleepers: { readonly untilMs: number; readonly wake: () => void }[] = []

  constructor({ coin = () => false, random = () => 0.5 }: ManualWorldOptions = {}) {
    this.coin = coin
    this.random = random
  }

  /** How many calls of `sleep` are waiting. */
  get sleeping(): number {
    return this.#sleepers.length
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper)
        signal?.removeEventListener('abort', aborted)
      }
      const sleeper = {
        untilMs: this.#nowMs + ms,
        wake: () => {
          leave()
          resolve()
        },
      }
      const aborted = (): void => {
        leave()
        reject(signal?.reason as Error)
      }
      if (signal?.aborted) return aborted()
      signal?.addEventListener('abort', aborted)
      this.#sleepers.push(sleeper)
    })
  }

  /** Lets `ms` milliseconds pass, waking sleepers in the order of their time. Resolves once all
   *  that they do without sleeping again is done. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms
    for (;;) {
      await settled()
      const [next] = this.#sleepers.toSorted((a, b) => a.untilMs - b.untilMs)
      if (!next || next.untilMs > endMs) break
      this.#nowMs = Math.max(this.#nowMs, next.untilMs)
      next.wake()
    }
    this.#nowMs = endMs
    await settled()
  }
}

/** After a turn of the event loop, every promise that could settle by itself has settled. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
