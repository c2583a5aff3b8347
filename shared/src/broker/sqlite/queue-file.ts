// A queue file as those who operate it see it: which queues it has and how full they are, read
// without a change; and the broker over it, for whoever wants to do something. Makes no file.

import { type Database, openDatabase, readExisting } from '../../sqlite/index.ts'
import { schema } from './schema.ts'
import { SqliteBroker } from './sqlite-broker.ts'

export type QueueNumbers = {
  readonly name: string
  /** Undefined for a queue of dead letters. */
  readonly deliveryLimit: number | undefined
  readonly waiting: number
  readonly delayed: number
  readonly inFlight: number
}

/** The queues of `file`, by their names. Throws an Error that names the file where it is none. */
export function queuesIn(file: string): readonly QueueNumbers[] {
  return readExisting({ file, what: 'the queue file of an embedded broker', read: numbersIn })
}

function numbersIn(database: Database): readonly QueueNumbers[] {
  return database
    .prepare<[{ nowMs: number }], Row>(
      `select name, delivery_limit as deliveryLimit,
        count(seq) filter (where due_at_ms is null or due_at_ms <= :nowMs) as waiting,
        count(seq) filter (where due_at_ms > :nowMs and owner is null) as delayed,
        count(seq) filter (where due_at_ms > :nowMs and owner is not null) as inFlight
      from queue left join message on message.queue = queue.name
      group by name order by name`,
    )
    .all({ nowMs: Date.now() })
    .map((row) => ({ ...row, deliveryLimit: row.deliveryLimit ?? undefined }))
}

type Row = Omit<QueueNumbers, 'deliveryLimit'> & { readonly deliveryLimit: number | null }

/** The broker over a file that exists. Throws as `queuesIn` does. */
export function openQueueFile(file: string): SqliteBroker {
  queuesIn(file)
  return new SqliteBroker({ database: openDatabase({ file, schema }) })
}
