// Group commit: the writes of one turn of the event loop become one transaction, a savepoint each,
// so that they share one wait for the disk. A write that throws undoes itself and nothing else; a
// promise settles only after the commit.
//
// `BEGIN ... await ... COMMIT` is what this replaces: on one connection a bystander's write would
// join the open transaction, and vanish with its rollback. Here a transaction begins and ends in
// one turn.

import { Unavailable, Unknown } from '../world/index.ts'
import type { Database } from './database.ts'
import { asOutcome, defaultLockedForMs, isFull, whenUnlocked } from './locked.ts'

/** One transaction never holds more than this many writes: a long one blocks the event loop. */
const maxBatch = 64

export type GroupCommitOptions = {
  /** How many writes may wait; one more is refused. Default 10 000. */
  readonly maxWaiting?: number
  /** How long a write waits for a file that other processes hold, in milliseconds. Default 5000. */
  readonly lockedForMs?: number
}

type Write = {
  readonly work: () => unknown
  readonly giveUpAtMs: number
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

/** Tells a write what became of it. */
type Settle = () => void

export class GroupCommit {
  readonly #database: Database
  readonly #maxWaiting: number
  readonly #lockedForMs: number
  #waiting: Write[] = []
  #flushing: Promise<void> | undefined
  #state: 'open' | 'closed' | 'abandoned' = 'open'

  constructor(
    database: Database,
    { maxWaiting = 10_000, lockedForMs = defaultLockedForMs }: GroupCommitOptions = {},
  ) {
    this.#database = database
    this.#maxWaiting = maxWaiting
    this.#lockedForMs = lockedForMs
  }

  /** Runs `work` inside the next transaction and resolves with its result once that is committed.
   *  Rejects with what `work` threw; with `Unavailable` when nothing was committed; with `Unknown`
   *  when the commit itself failed on the way to the disk.
   *
   *  `work` is synchronous, lets the database's errors through, and has no effect but on the
   *  database: it runs again where a neighbour took the whole transaction down with it. */
  run<T>(work: () => T): Promise<T> {
    if (this.#state === 'abandoned') return new Promise(() => {})
    if (this.#state === 'closed') {
      return Promise.reject(new Unavailable('expected an open database, got a closed one'))
    }
    if (this.#waiting.length >= this.#maxWaiting) {
      return Promise.reject(
        new Unavailable(
          `expected at most ${this.#maxWaiting} writes to wait for the disk, got one more. Await ` +
            'some of them before the next',
        ),
      )
    }
    return new Promise<T>((resolve, reject) => {
      const giveUpAtMs = performance.now() + this.#lockedForMs
      this.#waiting.push({ work, giveUpAtMs, resolve, reject })
      this.#flushing ??= this.#flush()
    })
  }

  /** Finishes what was accepted and refuses what comes after. Leaves the database open. */
  async close(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closed'
    await this.#flushing
  }

  /** What a killed process does, for tests: what waits is never written, and no promise settles. */
  abandon(): void {
    this.#state = 'abandoned'
    this.#waiting = []
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      await nextTurn()
      await this.#commit(this.#waiting.splice(0, maxBatch))
    }
    this.#flushing = undefined
  }

  async #commit(batch: readonly Write[]): Promise<void> {
    const giveUpAtMs = batch[0]?.giveUpAtMs ?? 0
    try {
      const settlements = await whenUnlocked(() => this.#transaction(batch), { giveUpAtMs })
      for (const settle of settlements) settle()
    } catch (error) {
      if (error instanceof TakenDown && batch.length > 1) {
        // One of them did it. Alone in a transaction each, it hurts no other.
        for (const write of batch) await this.#commit([write])
        return
      }
      for (const { reject } of batch) reject(error)
    }
  }

  #transaction(batch: readonly Write[]): readonly Settle[] {
    if (this.#state === 'abandoned') return []
    if (!this.#database.open) {
      throw new Unavailable('expected an open database, got one that was closed before its writes')
    }
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const settlements = batch.map((write) => this.#savepoint(write))
      this.#end()
      return settlements
    } finally {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
    }
  }

  #savepoint({ work, resolve, reject }: Write): Settle {
    this.#database.exec('SAVEPOINT one')
    try {
      const result = work() as never
      expectNoPromise(result)
      this.#database.exec('RELEASE one')
      return () => resolve(result)
    } catch (error) {
      // A full disk ends the whole transaction by itself; then there is no savepoint to go back to.
      if (!this.#database.inTransaction) throw new TakenDown(error)
      this.#database.exec('ROLLBACK TO one')
      this.#database.exec('RELEASE one')
      const outcome = asOutcome(error)
      return () => reject(outcome)
    }
  }

  #end(): void {
    try {
      this.#database.exec('COMMIT')
    } catch (error) {
      // A full disk cut the log off before the mark of the commit, so that nobody ever finds it.
      if (isFull(error)) throw new TakenDown(error)
      // Whatever else failed, the mark may already lie in the log, where a recovery would find it.
      throw new Unknown(
        `expected the commit to reach the disk, got: ${String(error)}. Look whether it is there ` +
          'before you repeat it',
        { cause: error },
      )
    }
  }
}

/** A write ended the transaction that it was in, and its neighbours' too. Nothing is applied. */
class TakenDown extends Unavailable {
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

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
