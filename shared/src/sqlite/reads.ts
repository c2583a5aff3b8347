// Reads that share a transaction: to begin one costs twice as much as to look for a row, and each
// read outside of one begins its own. What several callers read at the same time is read in one,
// which ends as soon as they have.

import type { Statement } from 'better-sqlite3'
import type { Database } from './database.ts'

export class Reads {
  readonly #database: Database
  readonly #begin: Statement
  readonly #commit: Statement
  #isOpen = false

  constructor(database: Database) {
    this.#database = database
    this.#begin = database.prepare('BEGIN')
    this.#commit = database.prepare('COMMIT')
  }

  /** What `work` gives, which only reads and is synchronous. Throws what it throws. */
  run<T>(work: () => T): T {
    if (!this.#isOpen) this.#open()
    try {
      return work()
    } catch (error) {
      this.end()
      throw error
    }
  }

  /** To be called before a transaction that writes. */
  end(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    // An error of the disk ends it by itself, and so does who closes the file.
    if (this.#database.open && this.#database.inTransaction) this.#commit.run()
  }

  #open(): void {
    this.#begin.run()
    this.#isOpen = true
    // Those who wait for the same thing as this one go on before that.
    queueMicrotask(() => this.end())
  }
}
