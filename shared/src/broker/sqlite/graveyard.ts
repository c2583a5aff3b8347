// Moves a message to the dead letters of its queue, with headers that say why. Nothing else of it
// changes, and it is never in both queues: the move is one write.

import type { Headers } from '../../message/index.ts'
import type { Database } from '../../sqlite/index.ts'
import { deadLetterQueue } from '../broker.ts'
import { type Death, deathHeaders } from '../dead-letter.ts'

export type Burial = Death & { readonly seq: number }

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

  bury({ seq, ...death }: Burial): void {
    const own = JSON.parse(this.#headers.get(seq) ?? '{}') as Headers
    const headers = { ...own, ...deathHeaders(death) }
    this.#mark.run(JSON.stringify(headers), seq)
    this.#move.run(deadLetterQueue(death.queue), seq)
  }
}
