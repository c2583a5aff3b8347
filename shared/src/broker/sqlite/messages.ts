// The messages of a queue file, as far as nobody holds them: adding, looking, counting. Every
// method is synchronous.

import type { WireMessage } from '../../message/index.ts'
import type { Database } from '../../sqlite/index.ts'
import { type ContentRow, wireMessage } from './content.ts'

/** What a consumer of a queue may expect. Times are in milliseconds since the epoch. */
export type Outlook = {
  /** 1 where a message waits. */
  readonly ready: 0 | 1
  /** When the first delayed message is due. */
  readonly delayedUntilMs: number | null
  /** When the first lease ends, if its owner does not renew it. */
  readonly leasedUntilMs: number | null
  /** When the last lease was taken or renewed. */
  readonly leasedAtMs: number | null
  /** When the last delay began. */
  readonly delayedAtMs: number | null
}

/** `delayMs` from `nowMs` on. */
export type Delay = { readonly nowMs: number; readonly delayMs: number }

type Waiting = { readonly queue: string; readonly nowMs: number }

// What is due waits as well, even if no consumer has come by since to make it ready. Three
// conditions, because each has an index of its own.
const waiting = [
  'queue = :queue and due_at_ms is null',
  'queue = :queue and owner is null and due_at_ms <= :nowMs',
  'queue = :queue and owner is not null and due_at_ms <= :nowMs',
] as const

export class Messages {
  readonly #add
  readonly #addContent
  readonly #outlook
  readonly #peek
  readonly #count

  constructor(database: Database) {
    this.#add = database.prepare<[string, number | null, number | null]>(
      'insert into message (queue, due_at_ms, lease_ms) values (?, ?, ?)',
    )
    this.#addContent = database.prepare<[number | bigint, string, string, string, Uint8Array]>(
      'insert into content values (?, ?, ?, ?, ?)',
    )
    this.#outlook = database.prepare<[{ queue: string }], Outlook>(`
      select
        exists (select 1 from message where queue = :queue and due_at_ms is null) as ready,
        (select min(due_at_ms) from message
          where queue = :queue and owner is null and due_at_ms is not null) as delayedUntilMs,
        (select min(due_at_ms) from message
          where queue = :queue and owner is not null) as leasedUntilMs,
        (select max(due_at_ms - lease_ms) from message
          where queue = :queue and owner is not null) as leasedAtMs,
        (select due_at_ms - lease_ms from message
          where queue = :queue and owner is null and due_at_ms is not null
          order by due_at_ms - lease_ms desc limit 1) as delayedAtMs
    `)
    const first = waiting.map(
      (where) => `select * from (select seq from message where ${where} order by seq limit :limit)`,
    )
    this.#peek = database.prepare<[Waiting & { limit: number }], ContentRow>(`
      select id, type, headers, body from content where seq in (${first.join(' union all ')})
      order by seq limit :limit
    `)
    const all = waiting.map((where) => `(select count(*) from message where ${where})`)
    this.#count = database.prepare<[Waiting], number>(`select ${all.join(' + ')}`).pluck()
  }

  add(queue: string, message: WireMessage, delay?: Delay): void {
    const dueAtMs = delay ? delay.nowMs + delay.delayMs : null
    const { lastInsertRowid } = this.#add.run(queue, dueAtMs, delay?.delayMs ?? null)
    const { id, type, headers, body } = message
    this.#addContent.run(lastInsertRowid, id, type, JSON.stringify(headers), body)
  }

  outlook(queue: string): Outlook {
    const outlook = this.#outlook.get({ queue })
    if (outlook) return outlook
    throw new Error('expected one row of a select that has no from clause, got none')
  }

  peek(waiting: Waiting, limit: number): readonly WireMessage[] {
    return this.#peek.all({ ...waiting, limit }).map(wireMessage)
  }

  count(waiting: Waiting): number {
    return this.#count.get(waiting) ?? 0
  }
}
