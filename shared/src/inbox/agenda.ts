// Which records are to be removed one day, ordered by time. Records lie in the partitions of their
// entities, and no store lists all partitions; so each is noted here before it is written, or,
// where a relay finds it until then, before it is marked as dispatched. A note without a record is
// harmless; a record without a note would stay for ever.
//
// All notes of an endpoint are in one partition: where a store bounds the load on one, this is the
// first that meets the bound.

import { absent, Conflict, type Store, type Version } from '../store/index.ts'
import { TooLarge } from '../world/index.ts'
import { placeOf } from './record.ts'

export type Note = {
  readonly key: string
  readonly version: Version
  /** When the records were processed at the latest, or were looked at last. */
  readonly atMs: number
  /** The keys of the records. */
  readonly records: readonly string[]
}

export type Noting = {
  readonly endpoint: string
  /** The keys of the records, one at least. */
  readonly keys: readonly string[]
  /** When they were processed, or later. */
  readonly atMs: number
}

/** Notes that there are, or will be, these records. Noted twice is noted. */
export async function noteAll(store: Store, { endpoint, keys, atMs }: Noting): Promise<void> {
  const [first = ''] = keys
  const { partition = '', id = '' } = placeOf(first) ?? {}
  const key = `${folderOf(endpoint)}${timeOf(atMs)}/${partition}/${id}`
  try {
    await store.save(key, keys, absent)
  } catch (error) {
    const isTogether = keys.length > 1
    if (isTogether && (error instanceof Conflict || error instanceof TooLarge)) {
      for (const one of keys) await noteAll(store, { endpoint, keys: [one], atMs })
      // Somebody has noted it already, at the same time: an attempt before this one.
    } else if (!(error instanceof Conflict)) throw error
  }
}

/** At most `limit` notes of `endpoint` from `untilMs` or before, the oldest first. */
export async function notesUntil(
  store: Store,
  endpoint: string,
  { untilMs, limit }: { readonly untilMs: number; readonly limit: number },
): Promise<readonly Note[]> {
  const folder = folderOf(endpoint)
  const found = await store.list<readonly string[]>(folder, { limit })
  return found
    .map(({ key, value, version }) => {
      const atMs = Number(key.slice(folder.length, folder.length + digits))
      return { key, version, atMs, records: value }
    })
    .filter(({ atMs }) => atMs <= untilMs)
}

/** Removes a note. That somebody else has done so is as good. */
export async function forget(store: Store, { key, version }: Note): Promise<void> {
  try {
    await store.remove(key, version)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
  }
}

// A dot is in no endpoint's name: it is in no other endpoint's folder.
const folderOf = (endpoint: string): string => `${endpoint}.retention/`

/** So many digits that texts are in the order of their times. */
const digits = 16
const timeOf = (atMs: number): string => String(Math.max(0, Math.floor(atMs))).padStart(digits, '0')
