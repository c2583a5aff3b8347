// Processing a message once: what its handler saves, and the record that it did, are one write set.
// Of several copies at once, whoever saves first wins; the others meet a `Conflict`, and find the
// record when they run again. The record is what every copy looks for first.
//
// The crash tables are in inbox.ts and outbox.ts. Algorithm: an outbox with a record for each
// message, after "Consistent messaging" (2019) and "Outbox" (2020) by Szymon Pobiega and Tomasz
// Masternak.

import { canonicalJson } from '../message/index.ts'
import type { IncomingContext } from '../pipeline/index.ts'
import { absent, type Store, UnitOfWork, type Version } from '../store/index.ts'
import { TooLarge } from '../world/index.ts'
import { note } from './agenda.ts'
import { checkPartition, type PartitionOf } from './partition.ts'
import { type InboxRecord, loadRecord, recordKey, withoutRecords } from './record.ts'

export type OnceOptions = {
  readonly partition: PartitionOf
  /** Runs the handler on this store, and gives what is to be sent once it is saved. */
  readonly work: (store: Store) => Promise<readonly unknown[]>
}

export type Processed = {
  readonly key: string
  readonly record: InboxRecord
  readonly version: Version
  /** The record was there before. */
  readonly isDuplicate: boolean
}

/** Resolves with the record of the message, once there is one. `work` runs only where there was
 *  none. Rejects with what `work` or the store rejected with; with `TooLarge`, before any effect,
 *  where what it gives does not fit into one entry. */
export async function once(
  context: IncomingContext,
  { partition, work }: OnceOptions,
): Promise<Processed> {
  const { endpoint, message, store } = context
  const place = { partition: checkPartition(message, partition), endpoint, id: message.id }
  const key = recordKey(place)
  const found = await loadRecord(store, key)
  if (found) return { key, ...found, isDuplicate: true }
  const unit = new UnitOfWork(withoutRecords(store), place.partition)
  const outgoing = await work(unit.store)
  // Whose time is up must not save any more: its message may be with somebody else by now.
  context.signal.throwIfAborted()
  const atMs = context.clock.nowMs()
  const record = { atMs, outgoing: outgoing.length === 0 ? null : outgoing }
  expectRoom(record, context)
  await note(store, place, atMs)
  const pending = record.outgoing !== null
  const versions = await store.saveAll([
    ...unit.writes,
    { key, value: record, expected: absent, pending },
  ])
  return { key, record, version: versions.at(-1) ?? absent, isDuplicate: false }
}

function expectRoom(record: InboxRecord, { message, store }: IncomingContext): void {
  const { maxValueBytes } = store.features
  const bytes = Buffer.byteLength(canonicalJson(record))
  if (bytes <= maxValueBytes) return
  throw new TooLarge(
    'maxValueBytes',
    `expected all that the handler of ${message.type} ${message.id} sends to fit into ` +
      `${maxValueBytes} bytes, got ${bytes}. Send less, or put the data in a store and send its key`,
  )
}
