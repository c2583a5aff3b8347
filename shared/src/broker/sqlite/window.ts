// At most so many calls at once; the others wait for their turn, in order. What bounds the work
// that lies before the disk when a caller publishes any number of messages without awaiting them.

export class Window {
  readonly #size: number
  readonly #waiting: (() => void)[] = []
  readonly #idle: (() => void)[] = []
  #running = 0

  constructor(size: number) {
    this.#size = size
  }

  /** Runs `work` as soon as there is room. Settles as it does. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#size) this.#running += 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      this.#leave()
    }
  }

  /** Resolves once nothing runs and nothing waits. */
  async idle(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  #leave(): void {
    // The place is handed over, so that a call which comes now cannot take it.
    const next = this.#waiting.shift()
    if (next) {
      next()
      return
    }
    this.#running -= 1
    if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve()
  }
}
