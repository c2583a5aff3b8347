// Who holds which message of a queue file, and until when. A lease is taken with a fresh token, and
// only who shows the token may renew or settle: a process that was paused for longer than its lease
// finds its token gone. Every method is synchronous and meant to run inside a transaction.

import { randomUUID } from 'node:crypto'
import type { WireMessage } from '../../message/index.ts'
import type { Database } from '../../sqlite/index.ts'
import type { ConsumerStats, Outcome } from '../broker.ts'
import { Graveyard } from './graveyard.ts'
import { type ContentRow, wireMessage } from './messages.ts'
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
}

/** What became of a delivery, as `ConsumerStats` counts it. */
export type Settled = Exclude<keyof ConsumerStats, 'delivered'>

type Token = Pick<Lease, 'seq' | 'owner'>
type Held = { readonly seq: number; readonly attempts: number; readonly last_reason: string | null }

export class Leases {
  readonly #graveyard: Graveyard
  readonly #queues: Queues
  readonly #statements

  constructor(database: Database, queues: Queues) {
    this.#graveyard = new Graveyard(database)
    this.#queues = queues
    this.#statements = prepare(database)
  }

  /** Leases the first messages that wait, in order. */
  claim(claim: Claim): readonly Lease[] {
    const { queue, limit, nowMs, leaseMs } = claim
    this.#makeReady(claim)
    const owner = randomUUID()
    return this.#statements.take
      .all({ queue, limit, owner, leaseMs, dueAtMs: nowMs + leaseMs })
      .toSorted((a, b) => a.seq - b.seq)
      .map(({ seq, attempts }) => ({
        seq,
        owner,
        queue,
        attempt: attempts,
        message: this.#read(seq),
      }))
  }

  /** Prolongs a lease; false where it is gone. */
  renew({ seq, owner }: Token, dueAtMs: number): boolean {
    return this.#statements.renew.run({ seq, owner, dueAtMs }).changes === 1
  }

  /** Does what a handler decided, unless the lease is gone. */
  settle(lease: Lease, outcome: Outcome, nowMs: number): Settled {
    const { seq, owner } = lease
    const held = this.#statements.held.get({ seq, owner })
    if (!held) return 'lost'
    if (outcome.kind === 'ack') {
      this.#statements.remove.run(seq)
      this.#statements.removeContent.run(seq)
      return 'acked'
    }
    if (outcome.kind === 'release') {
      this.#statements.free.run({ seq, attempts: held.attempts - 1, dueAtMs: null, reason: null })
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
    const dueAtMs = delayMs > 0 ? nowMs + delayMs : null
    this.#statements.free.run({ seq, attempts, dueAtMs, reason })
    return 'retried'
  }

  #read(seq: number): WireMessage {
    const row = this.#statements.read.get(seq)
    if (row) return wireMessage(row)
    throw new Error(`expected message ${seq} to have a content, got none. Is the file damaged?`)
  }

  /** Makes ready what is due: delayed messages, and those whose owner let the lease expire. */
  #makeReady({ queue, nowMs, takesExpired }: Claim): void {
    this.#statements.shorten.run({ queue, nowMs })
    this.#statements.promote.run({ queue, nowMs, limit: maxDue })
    if (!takesExpired) return
    const limit = this.#queues.deliveryLimitOf(queue) ?? Infinity
    for (const held of this.#statements.expired.all({ queue, nowMs, limit: maxExpired })) {
      const { seq, attempts, last_reason: reason } = held
      if (attempts < limit) {
        this.#statements.free.run({ seq, attempts, dueAtMs: null, reason })
      } else {
        const last = reason === null ? '' : `; its last failure was: ${reason}`
        const died = `its consumer died, or hung, at attempt ${attempts}${last}`
        this.#graveyard.bury({ seq, queue, attempts, reason: died })
      }
    }
  }
}

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
    read: database.prepare<[number], ContentRow>('select * from content where seq = ?'),
    renew: database.prepare<[Token & { dueAtMs: number }]>(
      'update message set due_at_ms = :dueAtMs where seq = :seq and owner = :owner',
    ),
    held: database.prepare<[Token], Held>(
      'select seq, attempts, last_reason from message where seq = :seq and owner = :owner',
    ),
    remove: database.prepare<[number]>('delete from message where seq = ?'),
    removeContent: database.prepare<[number]>('delete from content where seq = ?'),
    free: database.prepare<
      [{ seq: number; attempts: number; dueAtMs: number | null; reason: string | null }]
    >(`
      update message
      set attempts = :attempts, owner = null, lease_ms = null, due_at_ms = :dueAtMs,
        last_reason = coalesce(:reason, last_reason)
      where seq = :seq
    `),
    // A lease cannot have been taken later than now: the clock was set back. It gets one lease
    // more, which is enough for an owner that is alive to renew it by the new time.
    shorten: database.prepare<[Omit<Due, 'limit'>]>(`
      update message set due_at_ms = :nowMs + lease_ms
      where queue = :queue and owner is not null and due_at_ms - lease_ms > :nowMs
    `),
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
