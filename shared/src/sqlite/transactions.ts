// The synchronous half of a group commit: many writes in one transaction, of which one that throws
// undoes itself and nothing else.

import { Unavailable } from '../world/index.ts'
import type { Database } from './database.ts'
import { asOutcome, isFull } from './locked.ts'
import { Reads } from './reads.ts'
import { unknownAfter } from './refusals.ts'

/** A write, and the promise that waits for it. */
export type Work = {
  readonly work: () => unknown
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

/** Tells a write what became of it. */
export type Settle = () => void

export class Transactions {
  readonly reads: Reads
  readonly #database: Database
  readonly #statements: ReturnType<typeof statements>

  constructor(database: Database) {
    this.#database = database
    this.#statements = statements(database)
    this.reads = new Reads(database)
  }

  /** Writes and commits. Throws where nothing is written: `TakenDown` where one of them may have
   *  done it, the database's error otherwise; and `Unknown` where the commit failed. */
  run(batch: readonly Work[]): readonly Settle[] {
    return this.#together(batch) ?? this.#written(batch, (one) => this.#savepoint(one))
  }

  /** Hardly any write throws: as long as none does, nothing has to mark one off from the others.
   *  Undefined where one has, and then nothing is written. */
  #together(batch: readonly Work[]): readonly Settle[] | undefined {
    let hasThrown = false
    try {
      return this.#written(batch, ({ work, resolve }) => {
        hasThrown = true
        const result = work() as never
        expectNoPromise(result)
        hasThrown = false
        return () => resolve(result)
      })
    } catch (error) {
      if (hasThrown) return undefined
      throw error
    }
  }

  #written(batch: readonly Work[], write: (one: Work) => Settle): readonly Settle[] {
    this.reads.end()
    this.#statements.begin.run()
    try {
      const settlements = batch.map(write)
      this.#end()
      return settlements
    } finally {
      if (this.#database.inTransaction) this.#statements.rollback.run()
    }
  }

  #savepoint({ work, resolve, reject }: Work): Settle {
    const { savepoint, release, rollbackTo } = this.#statements
    savepoint.run()
    try {
      const result = work() as never
      expectNoPromise(result)
      release.run()
      return () => resolve(result)
    } catch (error) {
      // A full disk ends the whole transaction by itself; then there is no savepoint to go back to.
      if (!this.#database.inTransaction) throw new TakenDown(error)
      rollbackTo.run()
      release.run()
      const outcome = asOutcome(error)
      return () => reject(outcome)
    }
  }

  #end(): void {
    try {
      this.#statements.commit.run()
    } catch (error) {
      // A full disk cut the log off before the mark of the commit, so that nobody ever finds it.
      if (isFull(error)) throw new TakenDown(error)
      // Whatever else failed, the mark may already lie in the log, where a recovery would find it.
      throw unknownAfter(error)
    }
  }
}

function statements(database: Database) {
  return {
    begin: database.prepare('BEGIN IMMEDIATE'),
    commit: database.prepare('COMMIT'),
    rollback: database.prepare('ROLLBACK'),
    savepoint: database.prepare('SAVEPOINT one'),
    release: database.prepare('RELEASE one'),
    rollbackTo: database.prepare('ROLLBACK TO one'),
  }
}

/** A write ended the transaction that it was in, and its neighbours' too. Nothing is applied. */
export class TakenDown extends Unavailable {
  constructor(cause: unknown) {
    const outcome = asOutcome(cause)
    super(outcome instanceof Error ? outcome.message : String(outcome), { cause })
  }
}

function expectNoPromise(result: unknown): void {
  if (result instanceof Promise) {
    throw new TypeError(
      'expected the work of a transaction to be synchronous, got a promise. Await before it, and ' +
        'do nothing but database calls within',
    )
  }
}
