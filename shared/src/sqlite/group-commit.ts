// Group commit: the writes of a few turns of the event loop become one transaction, so that they
// share one wait for the disk. It waits while each turn brings more, for 1 ms and what that turn
// still does at most, and never for a batch to be full. A write that throws undoes itself and
// nothing else; a promise settles only after the commit is on the disk. The event loop does not
// wait for that (disk.ts), and the next transactions go on meanwhile: so others may see for a
// moment what a power cut would undo. Who acts on what was read waits for `onDisk` first.
//
// `BEGIN ... await ... COMMIT` is what this replaces: on one connection a bystander's write would
// join the open transaction, and vanish with its rollback. Here a transaction begins and ends in
// one turn.

import type { Statement } from 'better-sqlite3'
import { Unavailable } from '../world/index.ts'
import type { Database } from './database.ts'
import { type Disk, diskUnder } from './disk.ts'
import { defaultLockedForMs, whenUnlocked } from './locked.ts'
import { closed, lostOn, unknownAfter } from './refusals.ts'
import { Settlements } from './settlements.ts'
import { type Settle, TakenDown, Transactions, type Work } from './transactions.ts'
import { soonerOf, turnMs } from './turns.ts'

/** One transaction never holds more than this many writes: a long one blocks the event loop. */
const maxBatch = 128
/** A write that has waited for so long is committed amid a turn, in milliseconds. A turn that would
 *  end later is not waited for. */
const longestMs = 1

export type GroupCommitOptions = {
  /** How many writes may wait; one more is refused. Default 10 000. */
  readonly maxWaiting?: number
  /** How many callers go on in one turn of the event loop: what they do next takes a while, and
   *  other writes wait meanwhile. Default 4. */
  readonly perTurn?: number
  /** How long a write waits for a file that other processes hold, in milliseconds. Default 5000. */
  readonly lockedForMs?: number
  /** Is told of each transaction that was committed. It must not throw. Default: nobody is. */
  readonly onCommit?: (commit: Commit) => void
  /** Default: the one under the database's log. It is closed with the group. */
  readonly disk?: Disk | undefined
  /** The clock of all waiting but that for a locked file. Default: `performance.now`. */
  readonly nowMs?: () => number
}

/** A transaction, for those who measure. */
export type Commit = {
  readonly writes: number
  /** How long the one that waited longest had waited when the transaction began. */
  readonly waitedMs: number
}

export type WriteOptions = {
  /** Whether it outlives a power cut once it has resolved; it outlives the process in any case. A
   *  transaction of which no write has to waits for no disk. Default true. */
  readonly durable?: boolean
}

type Write = Work & {
  readonly durable: boolean
  readonly calledAtMs: number
  readonly giveUpAtMs: number
}

export class GroupCommit {
  readonly #database: Database
  readonly #transactions: Transactions
  /** Changes whenever another connection has committed. */
  readonly #othersCommitted: Statement<[], number>
  readonly #maxWaiting: number
  readonly #lockedForMs: number
  readonly #onCommit: (commit: Commit) => void
  readonly #nowMs: () => number
  readonly #disk: Disk
  #waiting: Write[] = []
  #flushing: Promise<void> | undefined
  /** What is under way, until it is committed. */
  #current: readonly Write[] | undefined
  #committing = Promise.resolve()
  /** The waits for the disk, and how many writes that are committed wait for it. */
  readonly #keeping = new Set<Promise<void>>()
  #unkept = 0
  readonly #settlements: Settlements
  #state: 'open' | 'closed' | 'abandoned' = 'open'
  #isOver = false
  /** What other connections have committed, as far as anybody looked, and what of it was last known
   *  to be on the disk. */
  #shown: unknown
  #othersOnDisk: unknown
  #looking: Promise<boolean> | undefined
  /** Why nothing more is written: after one failed flush no other says anything about the file. */
  #lost: unknown

  constructor(database: Database, options: GroupCommitOptions = {}) {
    const { maxWaiting = 10_000, lockedForMs = defaultLockedForMs, perTurn = 4 } = options
    this.#database = database
    this.#transactions = new Transactions(database)
    this.#othersCommitted = database.prepare<[], number>('PRAGMA data_version').pluck()
    this.#maxWaiting = maxWaiting
    this.#lockedForMs = lockedForMs
    this.#settlements = new Settlements(perTurn)
    this.#onCommit = options.onCommit ?? (() => undefined)
    this.#nowMs = options.nowMs ?? (() => performance.now())
    this.#disk = options.disk ?? diskUnder(`${database.name}-wal`)
    // A log is whole after a power cut either way. That a commit is in it is what `#disk` is for.
    database.pragma('synchronous = NORMAL')
  }

  /** Runs `work` inside the next transaction and resolves with its result once that is committed.
   *  Rejects with what `work` threw; with `Unavailable` when nothing was committed; with `Unknown`
   *  when the commit itself failed on the way to the disk.
   *
   *  `work` is synchronous, lets the database's errors through, and has no effect but on the
   *  database: it runs again where a neighbour took the whole transaction down with it. */
  run<T>(work: () => T, { durable = true }: WriteOptions = {}): Promise<T> {
    if (this.#state === 'abandoned') return new Promise(() => {})
    if (this.#state === 'closed') {
      return Promise.reject(closed())
    }
    if (this.#lost !== undefined) return Promise.reject(lostOn(this.#lost))
    if (this.#waiting.length + this.#unkept >= this.#maxWaiting) {
      return Promise.reject(
        new Unavailable(
          `expected at most ${this.#maxWaiting} writes to wait for the disk, got one more. Await ` +
            'some of them before the next',
        ),
      )
    }
    return new Promise<T>((resolve, reject) => {
      const giveUpAtMs = performance.now() + this.#lockedForMs
      this.#waiting.push({ work, durable, calledAtMs: this.#nowMs(), giveUpAtMs, resolve, reject })
      this.#flushing ??= this.#flush()
      this.hurry()
    })
  }

  /** Begins the transaction at once where a write has waited for long. For those who know that the
   *  turn may go on: a turn in which many messages arrive lasts for longer than a commit. */
  hurry(): void {
    if (!this.#current && this.#state !== 'abandoned' && this.#isLateIn(0)) void this.#begin()
  }

  #isLateIn(ms: number): boolean {
    const [first] = this.#waiting
    return first !== undefined && this.#nowMs() - first.calledAtMs + ms >= longestMs
  }

  /** What `work` gives, which only reads and is synchronous, together with what others read at the
   *  same time. Throws what it throws. */
  read<T>(work: () => T): T {
    return this.#transactions.reads.run(work)
  }

  /** For those who act on what they have read before they called it: resolves once that would
   *  outlive a power cut. `isMine` says that it may be of a write whose promise has not resolved.
   *  Rejects with `Unavailable` where nobody can know any more. */
  async onDisk(isMine: boolean): Promise<void> {
    const isOthers = await (this.#looking ??= this.#look())
    if (!isMine && !isOthers) return
    const shown = this.#shown
    await this.#kept(
      () => (this.#othersOnDisk = shown),
      (error) => {
        throw lostOn(error)
      },
    )
  }

  /** Waits for the disk, and so does `close`. */
  #kept(onKept: () => void, onLost: (error: unknown) => void): Promise<void> {
    if (this.#state === 'abandoned') return new Promise(() => {})
    if (this.#isOver) return Promise.reject(closed())
    const kept = this.#disk.flushed().then(onKept, (error: unknown) => {
      this.#lost ??= error
      onLost(error)
    })
    const keeping = kept.catch(() => undefined).finally(() => this.#keeping.delete(keeping))
    this.#keeping.add(keeping)
    return kept
  }

  /** Whether others have committed what may not be on the disk. Those who ask in one turn ask once:
   *  it looks when all of them have read. */
  async #look(): Promise<boolean> {
    await Promise.resolve()
    this.#looking = undefined
    if (!this.#database.open) return false
    this.#shown = this.#othersCommitted.get()
    return this.#shown !== this.#othersOnDisk
  }

  /** Finishes what was accepted and refuses what comes after. Leaves the database open. */
  async close(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closed'
    await this.#flushing
    while (this.#keeping.size > 0) await Promise.all(this.#keeping)
    this.#settlements.settleAll()
    this.#isOver = true
    await this.#disk.close()
  }

  /** What a killed process does, for tests: what waits is never written, and no promise settles. */
  abandon(): void {
    this.#state = 'abandoned'
    this.#waiting = []
    this.#settlements.drop()
    // Nobody waits for a process that is dead.
    void this.#disk.close()
  }

  async #flush(): Promise<void> {
    do {
      await this.#gather()
      await this.#committing
      if (this.#waiting.length > 0) await this.#begin()
    } while (this.#waiting.length > 0 || this.#current)
    this.#flushing = undefined
  }

  /** The next transaction. It does not overtake another: there is none. Never rejects. */
  #begin(): Promise<void> {
    const batch = this.#waiting.splice(0, maxBatch)
    this.#current = batch
    this.#committing = this.#commit(batch).finally(() => this.#over(batch))
    return this.#committing
  }

  /** From here on the next one may begin. */
  #over(batch: readonly Write[]): void {
    if (this.#current === batch) this.#current = undefined
  }

  /** Lets a turn pass, in which what was sent leaves for the network. Then waits as long as the
   *  disk is at work for those before, so that these share the next wait; else as many turns as
   *  bring more writes. But not for a turn that would end too late, were it as long as the last. */
  async #gather(): Promise<void> {
    let lastMs = await turnMs(this.#nowMs)
    if (this.#keeping.size > 0) {
      if (!this.#isLateIn(lastMs)) await soonerOf(...this.#keeping)
      return
    }
    for (let seen = 0; seen < this.#waiting.length && seen < maxBatch;) {
      if (this.#isLateIn(lastMs)) return
      seen = this.#waiting.length
      lastMs = await turnMs(this.#nowMs)
    }
  }

  async #commit(batch: readonly Write[]): Promise<void> {
    const giveUpAtMs = batch[0]?.giveUpAtMs ?? 0
    try {
      const settlements = await whenUnlocked(() => this.#transaction(batch), { giveUpAtMs })
      const isKept = (_: Settle, index: number): boolean => batch[index]?.durable === true
      this.#settle(settlements.filter((one, index) => !isKept(one, index)))
      const kept = batch.filter(({ durable }) => durable)
      if (kept.length > 0) this.#keep(kept, settlements.filter(isKept))
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
    const waitedMs = this.#nowMs() - (batch[0]?.calledAtMs ?? 0)
    const settlements = this.#transactions.run(batch)
    this.#over(batch)
    this.#onCommit({ writes: batch.length, waitedMs })
    return settlements
  }

  /** Settles once the commit is on the disk. Nothing waits for that but its callers. */
  #keep(batch: readonly Write[], settlements: readonly Settle[]): void {
    this.#unkept += batch.length
    void this.#kept(
      () => this.#settleKept(settlements),
      (error) => {
        const outcome = unknownAfter(error)
        this.#settleKept(batch.map((write) => (): void => write.reject(outcome)))
      },
    )
  }

  #settleKept(settlements: readonly Settle[]): void {
    this.#unkept -= settlements.length
    this.#settle(settlements)
  }

  #settle(settlements: readonly Settle[]): void {
    if (this.#state !== 'abandoned') this.#settlements.add(settlements)
  }
}
