// One pass of a relay: what a crash, or a message that failed for good, has left undispatched is
// sent, the longest waiting first. Within a partition in the order in which it was saved: where one
// record fails, those after it wait for the next pass, and other partitions go on.
//
// Not promised: order between what a relay sends and what endpoints send at that moment. It sends
// for every endpoint of the store.

import {
  loadRecord,
  type Meter,
  noMeter,
  noteAll,
  placeOf,
  recordIn,
  type RecordPlace,
} from '../inbox/index.ts'
import type { Broker } from '../broker/index.ts'
import { type Dispatch, idsOf, type Log, reasonOf, silent } from '../pipeline/index.ts'
import type { Entry, Store } from '../store/index.ts'
import { type Clock, Unavailable } from '../world/index.ts'
import { dispatchAll, mark, outgoingIn } from './dispatching.ts'

export type RelayPassOptions = {
  readonly store: Store
  readonly broker: Broker
  readonly clock: Clock
  /** What was saved less than this many milliseconds ago is left to whoever works on it. Default
   *  10 000. */
  readonly graceMs?: number
  /** How many records a pass sends at most: 1 to 1000, 100 by default. */
  readonly batch?: number
  /** How many records it looks past, as they could not be sent the last time. Default 0. */
  readonly stuck?: number
  readonly signal?: AbortSignal
  /** Is told of `relayed` and `dispatched`, `pending` and `oldestPendingMs`. */
  readonly meter?: Meter
  readonly log?: Log
}

/** How many entries one call of a store gives. */
const maxListed = 1000

/** Resolves with how many records it had to leave; they are tried again by the next pass. Rejects
 *  with `Unavailable` where the broker is away, and as the store does. */
export async function relayPass(options: RelayPassOptions): Promise<number> {
  const { store, clock, graceMs = 10_000, batch = 100, stuck = 0, meter = noMeter } = options
  const limit = Math.min(maxListed, batch + stuck)
  const waiting = await store.pending({ limit, olderThanMs: graceMs })
  const found = waiting.flatMap(waitingIn)
  meter.gauge('pending', found.length)
  meter.gauge('oldestPendingMs', found[0] ? clock.nowMs() - found[0].atMs : 0)
  const failed = new Set<string>()
  // What others keep pending is not ours, and in the way.
  let left = waiting.length - found.length
  let sent = 0
  for (const record of found) {
    if (sent === batch || options.signal?.aborted) break
    const isSent = !failed.has(record.partition) && (await relay(record, options))
    if (isSent) sent += 1
    else {
      failed.add(record.partition)
      left += 1
    }
  }
  return left
}

type Waiting = RecordPlace & { readonly key: string; readonly atMs: number }

function waitingIn({ key, value }: Entry): readonly Waiting[] {
  const place = placeOf(key)
  const record = recordIn(value)
  return place && record ? [{ ...place, key, atMs: record.atMs }] : []
}

/** Whether the record is dispatched now. */
async function relay(
  { key, endpoint }: Waiting,
  { store, broker, clock, meter = noMeter, log = silent }: RelayPassOptions,
): Promise<boolean> {
  const onDispatched = (): void => meter.count('dispatched', endpoint, 1)
  const dispatch = async ({ to, message, delayMs }: Dispatch): Promise<void> => {
    await broker.publish(to, message, delayMs > 0 ? { delayMs } : undefined)
    log.info({ endpoint, ...idsOf(message), to }, 'relayed')
  }
  try {
    // Since it was found, somebody else may have sent it.
    const loaded = await loadRecord(store, key)
    if (!loaded || loaded.record.outgoing === null) return true
    await dispatchAll(outgoingIn(loaded.record), { dispatch, isOneByOne: true, onDispatched })
    // Whoever saved it may have left that to whoever marks it.
    await noteAll(store, { endpoint, keys: [key], atMs: clock.nowMs() })
    await mark({ key, ...loaded }, store)
    meter.count('relayed', endpoint, 1)
    return true
  } catch (error) {
    log.warn({ key, error: reasonOf(error) }, 'not relayed, the next pass tries again')
    // Where nothing answers, the next one is not tried either.
    if (error instanceof Unavailable) throw error
    return false
  }
}
