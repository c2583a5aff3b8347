// Retention: records are removed some time after their message was processed, and never before what
// it sent was dispatched. What that costs: a copy that arrives later than that runs its handler
// again. Keep records for longer than anything can hold a copy back: retries, a long weekend of the
// broker, somebody who replays dead letters.
//
// A crash at any step leaves a note (see agenda.ts) that the next pass deals with. Any number of
// processes may clean up at once. Not removed: the record of a handler that was at work for longer
// than the retention, and one that was saved while its note was refused twice (a full disk).

import type { Log } from '../pipeline/index.ts'
import { Conflict, type Store, type Version } from '../store/index.ts'
import { type Clock, realWorld, type World } from '../world/index.ts'
import { forget, type Note, noteAll, notesUntil } from './agenda.ts'
import { type Background, startBackground } from './background.ts'
import { type Meter, noMeter } from './meter.ts'
import { loadRecord } from './record.ts'

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
    const count = await settle(due, { endpoint, store, nowMs, untilMs })
    removed += count
    if (count > 0) meter.count('removed', endpoint, count)
  }
  return removed
}

type Moment = {
  readonly endpoint: string
  readonly store: Store
  readonly nowMs: number
  readonly untilMs: number
}

/** Does what a note asks for, and then forgets it. How many records that has removed. */
async function settle(due: Note, moment: Moment): Promise<number> {
  const outcomes: Outcome[] = []
  for (const key of due.records) outcomes.push(await settleRecord(key, moment))
  // A record that has changed in between is looked at again.
  if (!outcomes.includes('changed')) await forget(moment.store, due)
  return outcomes.filter((outcome) => outcome === 'removed').length
}

type Outcome = 'removed' | 'kept' | 'changed'

async function settleRecord(
  key: string,
  { endpoint, store, nowMs, untilMs }: Moment,
): Promise<Outcome> {
  const found = await loadRecord(store, key)
  if (!found) return 'kept'
  if (found.record.outgoing !== null) {
    await noteAll(store, { endpoint, keys: [key], atMs: nowMs })
    return 'kept'
  }
  // One that is younger than its note was written by a later attempt, which has noted it again.
  if (found.record.atMs > untilMs) return 'kept'
  return (await remove(store, key, found.version)) ? 'removed' : 'changed'
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
