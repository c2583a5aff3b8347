// A little at a time: what waits for the disk, or for its time limit, must not wait for all of a
// socket's messages to be read as well.

/** Does `one` thing after the other, `perTurn` in each turn of the event loop, while it gives true. */
export class FewPerTurn {
  readonly #perTurn: number
  readonly #one: () => boolean
  #isGoingOn = false

  constructor(perTurn: number, one: () => boolean) {
    this.#perTurn = perTurn
    this.#one = one
  }

  /** Begins in the next turn. Harmless where it has begun. */
  goOn(): void {
    if (this.#isGoingOn) return
    this.#isGoingOn = true
    setImmediate(() => {
      this.#isGoingOn = false
      for (let done = 0; done < this.#perTurn; done += 1) if (!this.#one()) return
      this.goOn()
    })
  }
}
