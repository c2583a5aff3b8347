// Retention: records are removed some time after their message was processed, and never before what
// it sent was dispatched. What that costs: a copy that arrives later than that runs its handler
// again. Keep records for longer than anything can hold a copy back: retries, a long weekend of the
// broker, somebody who replays dead letters.
//
// A crash at any step leaves a note (see agenda.ts) that the next pass deals with. Any number of
// processes may clean up at once. Not removed: the record of a handler that was at work for longer
// than the retention.

import type { Log } from '../pipeline/index.ts'
import { Conflict, type Store, type Version } from '../store/index.ts'
import { type Clock, realWorld, type World } from '../world/index.ts'
import { forget, type Note, note, notesUntil } from './agenda.ts'
import { type Background, startBackground } from './background.ts'
import { type Meter, noMeter } from './meter.ts'
import { loadRecord, placeOf } from './record.ts'

const weekMs = 7 * 24 * 60 * 60 * 1000

export type RetentionPassOptions = {
  readonly endpoint: string
  readonly store: Store
  readonly clock: Clock
  /** How long a record stays at least, in milliseconds: 1 or more, 7 days by default. */
  readonly retainMs?: number
  /** How many notes a pass looks at: 1 to 1000, 100 by default. */
  readonly batch?: number
  readonly signal?: AbortSignal
  /** Is told of `removed`. */
  readonly meter?: Meter
}

/** One pass: looks at the records of the oldest notes. Resolves with how many it has removed.
 *  Rejects as the store does; nothing is half done by then. */
export async function retentionPass(options: RetentionPassOptions): Promise<number> {
  const { endpoint, store, clock, retainMs = weekMs, batch = 100, meter = noMeter } = options
  if (!(retainMs >= 1)) {
    throw new RangeError(`expected records to be retained for 1 ms or more, got ${retainMs}`)
  }
  const nowMs = clock.nowMs()
  const untilMs = nowMs - retainMs
  let removed = 0
  for (const due of await notesUntil(store, endpoint, { untilMs, limit: batch })) {
    if (options.signal?.aborted) break
    if (!(await settle(due, { store, nowMs, untilMs }))) continue
    removed += 1
    meter.count('removed', endpoint, 1)
  }
  return removed
}

type Moment = { readonly store: Store; readonly nowMs: number; readonly untilMs: number }

/** Does what a note asks for, and then forgets it. Whether that was to remove its record. */
async function settle(due: Note, { store, nowMs, untilMs }: Moment): Promise<boolean> {
  const found = await loadRecord(store, due.record)
  const isPending = found !== undefined && found.record.outgoing !== null
  // One that is younger than its note was written by a later attempt, which has noted it again.
  const isDue = found !== undefined && !isPending && found.record.atMs <= untilMs
  const place = placeOf(due.record)
  if (isPending && place) await note(store, place, nowMs)
  const isRemoved = isDue && (await remove(store, due.record, found.version))
  // A record that has changed in between is looked at again.
  if (!isDue || isRemoved) await forget(store, due)
  return isRemoved
}

async function remove(store: Store, key: string, version: Version): Promise<boolean> {
  try {
    await store.remove(key, version)
    return true
  } catch (error) {
    if (error instanceof Conflict) return false
    throw error
  }
}

export type RetentionOptions = Omit<RetentionPassOptions, 'clock' | 'signal'> & {
  /** The mean pause between two passes, in milliseconds. With `batch` it bounds the load. Default
   *  1000. */
  readonly everyMs?: number
  readonly world?: World
  readonly log?: Log
}

/** Makes one pass after another: `await using retention = startRetention({ endpoint, store })`. */
export function startRetention({
  everyMs = 1000,
  world = realWorld(),
  log,
  ...options
}: RetentionOptions): Background {
  return startBackground({
    name: `retention of ${options.endpoint}`,
    everyMs,
    world,
    ...(log ? { log } : {}),
    pass: async (signal) => {
      await retentionPass({ ...options, clock: world.clock, signal })
    },
  })
}
