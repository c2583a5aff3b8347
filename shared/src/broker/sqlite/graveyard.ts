// Moves a message to the dead letters of its queue, with headers that say why. Nothing else of it
// changes, and it is never in both queues: the move is one write.

import type { Database } from '../../sqlite/index.ts'
import { deadLetterQueue } from '../broker.ts'
import { type Death, deathHeaders } from '../dead-letter.ts'
import { headersIn } from './content.ts'

export type Burial = Death & { readonly seq: number }

export class Graveyard {
  readonly #headers
  readonly #mark
  readonly #fill
  readonly #move

  constructor(database: Database) {
    this.#headers = database
      .prepare<[number], string>('select headers from content where seq = ?')
      .pluck()
    this.#mark = database.prepare<[string, number]>('update content set headers = ? where seq = ?')
    this.#fill = database.prepare<[number, string]>(
      "insert into content (seq, id, type, headers, body) values (?, '', '', ?, x'')",
    )
    this.#move = database.prepare<[string, number]>(`
      update message
      set queue = ?, attempts = 0, owner = null, lease_ms = null, due_at_ms = null,
        last_reason = null
      where seq = ?
    `)
  }

  bury({ seq, ...death }: Burial): void {
    const own = this.#headers.get(seq)
    // Headers that are none are quoted in the reason, and go no further.
    const headers = JSON.stringify({
      ...headersIn(own ?? ''),
      ...deathHeaders({ ...death, atMs: Date.now() }),
    })
    if (own === undefined) this.#fill.run(seq, headers)
    else this.#mark.run(headers, seq)
    this.#move.run(deadLetterQueue(death.queue), seq)
  }
}
