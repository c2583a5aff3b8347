// Which records are to be removed one day, ordered by time. Records lie in the partitions of their
// entities, and no store lists all partitions; so each is noted here before it is written. A note
// without a record is harmless; a record without a note would stay for ever.
//
// All notes of an endpoint are in one partition: where a store bounds the load on one, this is the
// first that meets the bound.

import { absent, Conflict, type Store, type Version } from '../store/index.ts'
import { recordKey, type RecordPlace } from './record.ts'

export type Note = {
  readonly key: string
  readonly version: Version
  /** When the record was processed, or was looked at last. */
  readonly atMs: number
  /** The key of the record. */
  readonly record: string
}

/** Notes that there is, or will be, a record of `place`. Noted twice is noted. */
export async function note(store: Store, place: RecordPlace, atMs: number): Promise<void> {
  const { partition, endpoint, id } = place
  const key = `${folderOf(endpoint)}${timeOf(atMs)}/${partition}/${id}`
  try {
    await store.save(key, recordKey(place), absent)
  } catch (error) {
    // Somebody has noted it already, at the same time: an attempt before this one.
    if (!(error instanceof Conflict)) throw error
  }
}

/** At most `limit` notes of `endpoint` from `untilMs` or before, the oldest first. */
export async function notesUntil(
  store: Store,
  endpoint: string,
  { untilMs, limit }: { readonly untilMs: number; readonly limit: number },
): Promise<readonly Note[]> {
  const folder = folderOf(endpoint)
  const found = await store.list<string>(folder, { limit })
  return found
    .map(({ key, value, version }) => {
      const atMs = Number(key.slice(folder.length, folder.length + digits))
      return { key, version, atMs, record: value }
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
