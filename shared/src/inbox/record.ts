// What remembers that a message was processed: one entry for each message, in the partition of the
// entity that it changed, so that both are one write set. It is what a duplicate finds, whether an
// inbox or an outbox has written it: an endpoint may change from one to the other.

import { absent, decoratedStore, type Store, type Version } from '../store/index.ts'

/** No entry: not processed. With `outgoing`: processed, and these may not be dispatched yet. With
 *  null: done. */
export type InboxRecord = {
  /** When it was processed, in milliseconds since the epoch. */
  readonly atMs: number
  /** What was sent, as the outbox stores it. */
  readonly outgoing: readonly unknown[] | null
}

export type LoadedRecord = { readonly record: InboxRecord; readonly version: Version }

/** Endpoints that share a store each process a message for themselves. */
export type RecordPlace = {
  readonly partition: string
  readonly endpoint: string
  readonly id: string
}

// After every other key of letters and digits: records do not stand in between when a handler lists
// its own entries.
const folder = '~inbox'

export const recordKey = ({ partition, endpoint, id }: RecordPlace): string =>
  `${partition}/${folder}/${endpoint}/${id}`

/** Where the record under `key` belongs; undefined where it is the key of something else. */
export function placeOf(key: string): RecordPlace | undefined {
  const [partition = '', where, endpoint = '', ...id] = key.split('/')
  return where === folder && id.length > 0 ? { partition, endpoint, id: id.join('/') } : undefined
}

/** The record under `key`; undefined where there is none. Rejects where it is something else. */
export async function loadRecord(store: Store, key: string): Promise<LoadedRecord | undefined> {
  const { value, version } = await store.load<unknown>(key, undefined)
  if (version === absent) return undefined
  const record = recordIn(value)
  if (record) return { record, version }
  throw new Error(`expected a record of the inbox under ${key}, got ${JSON.stringify(value)}`)
}

/** `value`, where it is a record. By hand: it is looked at for each message. */
export function recordIn(value: unknown): InboxRecord | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { atMs, outgoing } = value as Partial<InboxRecord>
  const isOne = typeof atMs === 'number' && (outgoing === null || Array.isArray(outgoing))
  return isOne ? { atMs, outgoing } : undefined
}

/** `store`, without records where it lists entries. */
export const withoutRecords = (store: Store): Store =>
  decoratedStore(store, {
    list: async (prefix, options) =>
      (await store.list<never>(prefix, options)).filter(({ key }) => placeOf(key) === undefined),
  })
