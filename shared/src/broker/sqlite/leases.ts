// Who holds which message of a queue file, and until when. A lease is taken with a fresh token, and
// only who shows the token may renew or settle: a process that was paused for longer than its lease
// finds its token gone. Every method is synchronous and meant to run inside a transaction.

import { randomUUID } from 'node:crypto'
import type { WireMessage } from '../../message/index.ts'
import type { Database } from '../../sqlite/index.ts'
import type { Outcome, Settled } from '../broker.ts'
import { Contents } from './content.ts'
import { Graveyard } from './graveyard.ts'
import type { Delay } from './messages.ts'
import type { Queues } from './queues.ts'

/** At most so many expired leases are looked at in one transaction. The rest waits for the next. */
const maxExpired = 100
const maxDue = 1000
/** A dead letter that is refused has nowhere else to go: it comes again, and not in a hot loop. */
const deadAgainMs = 1000

export type Lease = {
  readonly seq: number
  readonly owner: string
  readonly queue: string
  readonly attempt: number
  readonly message: WireMessage
}

export type Claim = {
  readonly queue: string
  readonly limit: number
  readonly nowMs: number
  readonly leaseMs: number
  /** False while this process cannot tell an expired lease from one that is about to be renewed. */
  readonly takesExpired: boolean
  /** Whether it looks for what is due, too. */
  readonly makesReady: boolean
}

export type Claimed = {
  readonly leases: readonly Lease[]
  /** How many messages became dead letters. */
  readonly buried: number
}

type Token = Pick<Lease, 'seq' | 'owner'>
type Held = { readonly seq: number; readonly attempts: number; readonly last_reason: string | null }

export class Leases {
  readonly #contents: Contents
  readonly #graveyard: Graveyard
  readonly #queues: Queues
  readonly #statements

  constructor(database: Database, queues: Queues) {
    this.#contents = new Contents(database)
    this.#graveyard = new Graveyard(database)
    this.#queues = queues
    this.#statements = prepare(database)
  }

  /** Leases the first messages that wait, in order. What nobody can be handed becomes a dead letter
   *  on the way: fewer may be given than there are. */
  claim(claim: Claim): Claimed {
    const { queue, limit, nowMs, leaseMs } = claim
    const hung = claim.makesReady ? this.#makeReady(claim) : 0
    const owner = randomUUID()
    const taken = this.#statements.take
      .all({ queue, limit, owner, leaseMs, dueAtMs: nowMs + leaseMs })
      .toSorted((a, b) => a.seq - b.seq)
    let unreadable = 0
    // A dead letter has nowhere else to go: it is handed out as it is.
    const isDead = this.#queues.deliveryLimitOf(queue) === undefined
    const leases = taken.flatMap(({ seq, attempts }) => {
      const read = isDead ? this.#contents.readWhole(seq) : this.#contents.read(seq)
      if (read.kind === 'message') {
        return [{ seq, owner, queue, attempt: attempts, message: read.message }]
      }
      unreadable += 1
      // To bury one writes all of it anew, whatever its size: one in each transaction.
      if (unreadable === 1) this.#graveyard.bury({ seq, queue, attempts, reason: read.reason })
      else this.#free({ seq, attempts: attempts - 1, reason: null })
      return []
    })
    return { leases, buried: hung + Math.min(unreadable, 1) }
  }

  /** Prolongs a lease; false where it is gone. */
  renew({ seq, owner }: Token, dueAtMs: number): boolean {
    return this.#statements.renew.run({ seq, owner, dueAtMs }).changes === 1
  }

  /** Does what a handler decided, unless the lease is gone. */
  settle(lease: Lease, outcome: Outcome, nowMs: number): Settled {
    const { seq, owner } = lease
    if (outcome.kind === 'ack') {
      if (this.#statements.remove.run(seq, owner).changes === 0) return 'lost'
      this.#statements.removeContent.run(seq)
      return 'acked'
    }
    const held = this.#statements.held.get({ seq, owner })
    if (!held) return 'lost'
    if (outcome.kind === 'release') {
      this.#free({ seq, attempts: held.attempts - 1, reason: null })
      return 'released'
    }
    const { attempts } = held
    const limit = this.#queues.deliveryLimitOf(lease.queue)
    const { reason } = outcome
    if (limit !== undefined && (outcome.kind === 'dead-letter' || attempts >= limit)) {
      this.#graveyard.bury({ seq, queue: lease.queue, attempts, reason })
      return 'deadLettered'
    }
    const delayMs = outcome.kind === 'retry' ? outcome.delayMs : deadAgainMs
    this.#free({ seq, attempts, reason }, delayMs > 0 ? { nowMs, delayMs } : undefined)
    return 'retried'
  }

  /** Lets go of a message, for now or after a delay. */
  #free(freed: Freed, delay?: Delay): void {
    const dueAtMs = delay ? delay.nowMs + delay.delayMs : null
    this.#statements.free.run({ ...freed, dueAtMs, delayMs: delay?.delayMs ?? null })
  }

  /** Makes ready what is due: delayed messages, and those whose owner let the lease expire. Gives
   *  how many of these became dead letters instead. */
  #makeReady({ queue, nowMs, takesExpired }: Claim): number {
    this.#statements.shortenLeases.run({ queue, nowMs })
    this.#statements.shortenDelays.run({ queue, nowMs })
    // Hardly ever is anything due, and to change nothing costs ten times as much as to look.
    if (this.#statements.isDue.get({ queue, nowMs }) === 1) {
      this.#statements.promote.run({ queue, nowMs, limit: maxDue })
    }
    if (!takesExpired) return 0
    let buried = 0
    const limit = this.#queues.deliveryLimitOf(queue) ?? Infinity
    for (const held of this.#statements.expired.all({ queue, nowMs, limit: maxExpired })) {
      const { seq, attempts, last_reason: reason } = held
      if (attempts < limit) {
        this.#free({ seq, attempts, reason })
      } else {
        const last = reason === null ? '' : `; its last failure was: ${reason}`
        const died = `its consumer died, or hung, at attempt ${attempts}${last}`
        this.#graveyard.bury({ seq, queue, attempts, reason: died })
        buried += 1
      }
    }
    return buried
  }
}

type Freed = { readonly seq: number; readonly attempts: number; readonly reason: string | null }
type Due = { readonly queue: string; readonly nowMs: number; readonly limit: number }

function prepare(database: Database) {
  return {
    take: database.prepare<
      [{ queue: string; limit: number; owner: string; leaseMs: number; dueAtMs: number }],
      { readonly seq: number; readonly attempts: number }
    >(`
      update message
      set attempts = attempts + 1, owner = :owner, lease_ms = :leaseMs, due_at_ms = :dueAtMs
      where seq in (
        select seq from message where queue = :queue and due_at_ms is null order by seq limit :limit
      )
      returning seq, attempts
    `),
    renew: database.prepare<[Token & { dueAtMs: number }]>(
      'update message set due_at_ms = :dueAtMs where seq = :seq and owner = :owner',
    ),
    held: database.prepare<[Token], Held>(
      'select seq, attempts, last_reason from message where seq = :seq and owner = :owner',
    ),
    remove: database.prepare<[number, string]>('delete from message where seq = ? and owner = ?'),
    removeContent: database.prepare<[number]>('delete from content where seq = ?'),
    free: database.prepare<[Freed & { dueAtMs: number | null; delayMs: number | null }]>(`
      update message
      set attempts = :attempts, owner = null, lease_ms = :delayMs, due_at_ms = :dueAtMs,
        last_reason = coalesce(:reason, last_reason)
      where seq = :seq
    `),
    // A lease cannot have been taken later than now: the clock was set back. It gets one lease
    // more, which is enough for an owner that is alive to renew it by the new time.
    shortenLeases: database.prepare<[Omit<Due, 'limit'>]>(`
      update message set due_at_ms = :nowMs + lease_ms
      where queue = :queue and owner is not null and due_at_ms - lease_ms > :nowMs
    `),
    // Neither can a delay have begun later than now. It begins again, which is never too early.
    shortenDelays: database.prepare<[Omit<Due, 'limit'>]>(`
      update message set due_at_ms = :nowMs + lease_ms
      where queue = :queue and owner is null and due_at_ms is not null
        and due_at_ms - lease_ms > :nowMs
    `),
    isDue: database
      .prepare<[Omit<Due, 'limit'>], 1>(`
        select 1 from message where queue = :queue and owner is null and due_at_ms <= :nowMs limit 1
      `)
      .pluck(),
    promote: database.prepare<[Due]>(`
      update message set due_at_ms = null
      where seq in (
        select seq from message
        where queue = :queue and owner is null and due_at_ms <= :nowMs
        order by due_at_ms limit :limit
      )
    `),
    expired: database.prepare<[Due], Held>(`
      select seq, attempts, last_reason from message
      where queue = :queue and owner is not null and due_at_ms <= :nowMs
      order by due_at_ms limit :limit
    `),
  }
}
