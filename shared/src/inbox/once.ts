// Processing a message once: what its handler saves, and the record that it did, are one write set.
// Of several copies at once, whoever saves first wins; the others meet a `Conflict`, and find the
// record when they run again. The record is what every copy looks for first.
//
// The crash tables are in inbox.ts and outbox.ts. Algorithm: an outbox with a record for each
// message, after "Consistent messaging" (2019) and "Outbox" (2020) by Szymon Pobiega and Tomasz
// Masternak.

import { effectOf, type IncomingContext } from '../pipeline/index.ts'
import { absent, type Store, UnitOfWork, type Version } from '../store/index.ts'
import { TooLarge } from '../world/index.ts'
import { noteAll } from './agenda.ts'
import { checkPartition, type PartitionOf } from './partition.ts'
import { type InboxRecord, loadRecord, recordKey, withoutRecords } from './record.ts'

export type OnceOptions = {
  readonly partition: PartitionOf
  /** Runs the handler on this store, and gives what is to be sent once it is saved. */
  readonly work: (store: Store) => Promise<readonly unknown[]>
  /** Whether a record that holds something to be sent is noted by whoever marks it. Default false:
   *  it is noted before it is saved. */
  readonly isNotedByMark?: boolean
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
  { partition, work, isNotedByMark = false }: OnceOptions,
): Promise<Processed> {
  const { endpoint, message, store } = context
  const place = { partition: checkPartition(message, partition), endpoint, id: message.id }
  const key = recordKey(place)
  const found = await loadRecord(store, key)
  const report = context.bag.get(effectOf)
  if (found) {
    report('found')
    return { key, ...found, isDuplicate: true }
  }
  const unit = new UnitOfWork(withoutRecords(store), place.partition)
  const outgoing = await work(unit.store)
  // Whose time is up must not save any more: its message may be with somebody else by now.
  context.signal.throwIfAborted()
  const atMs = context.clock.nowMs()
  const record = { atMs, outgoing: outgoing.length === 0 ? null : outgoing }
  expectRoom(record, context)
  const pending = record.outgoing !== null
  const note = async (): Promise<void> => {
    if (!(pending && isNotedByMark)) await noteAll(store, { endpoint, keys: [key], atMs })
  }
  const noting = note()
  // Where write sets keep their order, both may be under way: they then share a commit.
  if (!store.features.ordered) await noting
  const saving = store.saveAll([...unit.writes, { key, value: record, expected: absent, pending }])
  await Promise.allSettled([noting, saving])
  const versions = await saving
  report('saved')
  // The record is saved, and a note that was refused would leave it there for ever.
  await noting.catch(note)
  return { key, record, version: versions.at(-1) ?? absent, isDuplicate: false }
}

function expectRoom(record: InboxRecord, { message, store }: IncomingContext): void {
  const { maxValueBytes } = store.features
  if (most(record) <= maxValueBytes) return
  // Of what is stored, this has as many bytes as canonical JSON.
  const bytes = Buffer.byteLength(JSON.stringify(record))
  if (bytes <= maxValueBytes) return
  throw new TooLarge(
    'maxValueBytes',
    `expected all that the handler of ${message.type} ${message.id} sends to fit into ` +
      `${maxValueBytes} bytes, got ${bytes}. Send less, or put the data in a store and send its key`,
  )
}

/** More bytes than `value` has as JSON: quicker to know than how many these are, for each message.
 *  A character takes six at most, as an escape. */
function most(value: unknown): number {
  if (typeof value === 'string') return 6 * value.length + 3
  if (typeof value !== 'object' || value === null) return 25
  let bytes = 2
  for (const [name, member] of Object.entries(value)) bytes += most(name) + most(member) + 2
  return bytes
}
