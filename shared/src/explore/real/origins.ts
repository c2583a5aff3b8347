// Where the servers of a performance listen, as one process knows it. Which of several instances a
// request goes to, chance does not decide: they take turns.

export type Listening = Readonly<Record<string, readonly string[]>>

export class Origins {
  #listening: Listening = {}
  #turn = 0
  readonly #waiting = new Set<() => void>()

  set(listening: Listening): void {
    this.#listening = listening
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }

  /** The origin of an instance of `server`; waits until there is one. */
  async of(server: string): Promise<string> {
    for (;;) {
      const all = this.#listening[server] ?? []
      this.#turn += 1
      const origin = all[this.#turn % Math.max(1, all.length)]
      if (origin !== undefined) return origin
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
  }
}
