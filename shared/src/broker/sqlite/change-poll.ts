// Notices what other processes commit, by asking for a number that SQLite raises with each of their
// commits. The question reads no table; at 20 times a second it costs less than 1 % of a core.
//
// It keeps the process alive while it runs, as a consumer should.

import type { Database } from '../../sqlite/index.ts'

export type ChangePollOptions = {
  readonly database: Database
  readonly everyMs: number
  /** Called after each question, before `onChange`. */
  readonly onTick: () => void
  readonly onChange: () => void
}

export class ChangePoll {
  readonly #options: ChangePollOptions
  readonly #version
  #timer: NodeJS.Timeout | undefined
  #seen: unknown

  constructor(options: ChangePollOptions) {
    this.#options = options
    this.#version = options.database.prepare<[], number>('pragma data_version').pluck()
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#ask(), this.#options.everyMs)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #ask(): void {
    this.#options.onTick()
    const version = this.#read()
    const isSame = version !== undefined && version === this.#seen
    this.#seen = version
    if (!isSame) this.#options.onChange()
  }

  /** Undefined where the file cannot be read right now: then there is a change to be expected. */
  #read(): number | undefined {
    try {
      return this.#version.get()
    } catch {
      return undefined
    }
  }
}
