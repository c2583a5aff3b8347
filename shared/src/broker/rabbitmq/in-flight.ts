// The deliveries of one consumer: at most as many handed out as its prefetch, also when a channel
// has died and its handlers still run while the next channel delivers. What comes beyond waits
// here, and is bounded by the prefetch as well: the broker delivers no more until something is
// settled.

import type { Subscription } from './subscription.ts'

export interface Held {
  readonly subscription: Subscription
}

export class InFlight<T extends Held> {
  readonly #running = new Set<T>()
  readonly #prefetch: number
  readonly #emptied = new Set<() => void>()
  #held: T[] = []

  constructor(prefetch: number) {
    this.#prefetch = prefetch
  }

  get size(): number {
    return this.#running.size
  }

  get running(): Iterable<T> {
    return this.#running
  }

  hold(item: T): void {
    this.#held.push(item)
  }

  /** The next to hand out, when there is one and a place for it. It then runs. */
  next(): T | undefined {
    if (this.#running.size >= this.#prefetch) return undefined
    const item = this.#held.shift()
    if (item) this.#running.add(item)
    return item
  }

  finished(item: T): void {
    this.#running.delete(item)
    if (this.#running.size > 0) return
    for (const resolve of this.#emptied) resolve()
    this.#emptied.clear()
  }

  /** What was delivered and not handed out. It is not held any more. */
  takeHeld(): readonly T[] {
    const held = this.#held
    this.#held = []
    return held
  }

  /** Forgets what waits of a subscription that is gone: the broker has taken it back. */
  forget(subscription: Subscription): void {
    this.#held = this.#held.filter((item) => item.subscription !== subscription)
  }

  /** Resolves once nothing runs. */
  whenEmpty(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#emptied.add(resolve))
  }
}
