// The second half of an outbox: dispatches what a record holds, in order, and then marks it. It may
// be done any number of times, by anyone, at the same time: at worst, what is sent is sent again,
// with the same id and the same bytes.

import type { InboxRecord } from '../inbox/index.ts'
import type { IncomingContext } from '../pipeline/index.ts'
import { Conflict, type Store, type Version } from '../store/index.ts'
import { restored } from './stored-dispatch.ts'

export type Unfinished = {
  readonly key: string
  readonly record: InboxRecord
  readonly version: Version
}

export type Through = {
  readonly store: Store
  readonly dispatch: IncomingContext['dispatch']
  /** Is told of each message that the broker has taken. */
  readonly onDispatched: () => void
}

/** Resolves once everything is dispatched and marked; at once where it had been. Rejects as the
 *  broker or the store does, and may then be called again, with the record as it is by then. */
export async function finish(
  { key, record, version }: Unfinished,
  { store, dispatch, onDispatched }: Through,
): Promise<void> {
  if (record.outgoing === null) return
  for (const outgoing of record.outgoing) {
    await dispatch(restored(outgoing))
    onDispatched()
  }
  try {
    await store.save(key, { ...record, outgoing: null }, version)
  } catch (error) {
    // A record changes only by being marked, and is removed only after that: it has been done. It
    // decides nothing, so whoever was faster has done the same.
    if (!(error instanceof Conflict)) throw error
  }
}
