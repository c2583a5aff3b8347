// What an outbox has saved and not sent yet, as its store tells it. What is about to be sent
// right now is a part of it; what stays is for a relay.

import { placeOf, recordIn } from '../inbox/index.ts'
import type { Store } from '../store/index.ts'
import type { Clock } from '../world/index.ts'

export type Backlog = {
  /** Records with something to send: at most 1000 are counted. */
  readonly records: number
  /** Whether there may be more than were counted. */
  readonly isMore: boolean
  /** The messages in them. */
  readonly messages: number
  /** The age of the oldest record, in milliseconds; 0 where there is none. */
  readonly oldestMs: number
  /** The records of each endpoint. */
  readonly endpoints: Readonly<Record<string, number>>
}

/** As many as one call of a store gives. */
const maxCounted = 1000

/** Looks at the store once. Rejects as the store does. */
export async function backlogOf(store: Store, clock: Clock): Promise<Backlog> {
  const found = await store.pending({ limit: maxCounted })
  const endpoints = new Map<string, number>()
  let [records, messages, oldestMs] = [0, 0, 0]
  for (const { key, value } of found) {
    const [place, record] = [placeOf(key), recordIn(value)]
    if (!place || !record) continue
    records += 1
    messages += record.outgoing?.length ?? 0
    oldestMs = Math.max(oldestMs, clock.nowMs() - record.atMs)
    endpoints.set(place.endpoint, (endpoints.get(place.endpoint) ?? 0) + 1)
  }
  const isMore = found.length === maxCounted
  return { records, isMore, messages, oldestMs, endpoints: Object.fromEntries(endpoints) }
}
