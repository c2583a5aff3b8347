// The second half of an outbox: dispatches what a record holds, and then marks it. It may be done
// any number of times, by anyone, at the same time: at worst, what is sent is sent again, with the
// same id and the same bytes.

import type { InboxRecord } from '../inbox/index.ts'
import type { Dispatch, IncomingContext } from '../pipeline/index.ts'
import { Conflict, type Store, type Version } from '../store/index.ts'
import { restored } from './stored-dispatch.ts'

export type Unfinished = {
  readonly key: string
  readonly record: InboxRecord
  readonly version: Version
}

export type Through = {
  readonly dispatch: IncomingContext['dispatch']
  /** Whether the first must have arrived before the second leaves. Else all leave at once, in
   *  order, and share the wait for the broker; where one fails, those behind it may be ahead. */
  readonly isOneByOne: boolean
  /** Is told of each message that the broker has taken. */
  readonly onDispatched: () => void
}

/** What a record holds: nothing where it was marked. Throws where that is no message. */
export const outgoingIn = ({ outgoing }: InboxRecord): readonly Dispatch[] =>
  (outgoing ?? []).map(restored)

/** Resolves once everything is dispatched. Rejects as the broker does,
 *  and may then be called again. */
export async function dispatchAll(
  outgoing: readonly Dispatch[],
  { dispatch, isOneByOne, onDispatched }: Through,
): Promise<void> {
  const send = async (one: Dispatch): Promise<void> => {
    await dispatch(one)
    onDispatched()
  }
  if (isOneByOne) for (const one of outgoing) await send(one)
  else await allOf(outgoing.map(send))
}

/** Marks that everything was dispatched; that it was marked before is as good. Rejects as the store
 *  does, and may then be called again, with the record as it is by then. */
export async function mark({ key, record, version }: Unfinished, store: Store): Promise<void> {
  if (record.outgoing === null) return
  try {
    await store.save(key, { ...record, outgoing: null }, version)
  } catch (error) {
    // A record changes only by being marked, and is removed only after that: it has been done. It
    // decides nothing, so whoever was faster has done the same.
    if (!(error instanceof Conflict)) throw error
  }
}

/** Waits for all of them, also where one has failed: nothing goes on behind the caller's back. */
async function allOf(sending: readonly Promise<void>[]): Promise<void> {
  if (sending.length === 0) return
  await Promise.allSettled(sending)
  await Promise.all(sending)
}
