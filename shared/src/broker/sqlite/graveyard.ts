// Moves a message to the dead letters of its queue, with headers that say why. Nothing else of it
// changes, and it is never in both queues: the move is one write.

import { header, type Headers } from '../../message/index.ts'
import type { Database } from '../../sqlite/index.ts'
import { deadLetterQueue } from '../broker.ts'

/** Longer reasons are cut. They are read by people, and the headers have a limit. */
const maxReasonLength = 1000

export type Death = {
  readonly seq: number
  readonly queue: string
  readonly attempts: number
  readonly reason: string
}

export class Graveyard {
  readonly #headers
  readonly #mark
  readonly #move

  constructor(database: Database) {
    this.#headers = database
      .prepare<[number], string>('select headers from content where seq = ?')
      .pluck()
    this.#mark = database.prepare<[string, number]>('update content set headers = ? where seq = ?')
    this.#move = database.prepare<[string, number]>(`
      update message
      set queue = ?, attempts = 0, owner = null, lease_ms = null, due_at_ms = null,
        last_reason = null
      where seq = ?
    `)
  }

  bury({ seq, queue, attempts, reason }: Death): void {
    const headers: Headers = {
      ...(JSON.parse(this.#headers.get(seq) ?? '{}') as Headers),
      [header.deadReason]: reason.slice(0, maxReasonLength).toWellFormed(),
      [header.deadQueue]: queue,
      [header.deadAttempts]: String(attempts),
    }
    this.#mark.run(JSON.stringify(headers), seq)
    this.#move.run(deadLetterQueue(queue), seq)
  }
}
