import { absent, type Loaded, type Store } from '@workshop/shared/store'
import type { Captured } from './unit-of-work.ts'

/** The fields of a handler's state, and beside them one field: the key of the work that was
 *  committed with this state, and that is not finished yet. This file is done. */
export type Entity = {
  readonly pending?: string
  /** Orders of 18 have one; these have none. */
  readonly outbox?: never
}

/** What one attempt at a message has come to. It counts once an entity points to it. */
export type Staged = {
  /** The mark of the message: its `processedKey`. */
  readonly processed: string
  /** What it sends. */
  readonly messages: readonly Captured[]
}

/** Where an attempt keeps its work: in a partition of its own, where there is room. */
export const stagedKey = (attempt: string): string => `staged-${attempt}`

/** What is staged under the key `pending`; `null` where nothing is any more. */
export const loadStaged = (store: Store, pending: string): Promise<Loaded<Staged | null>> =>
  store.load<Staged | null>(pending, null)

/** Where the mark of a message is that `endpoint` has processed. */
export const processedKey = (endpoint: string, id: string): string => `processed-${endpoint}-${id}`

/** Whether there is a mark under the key `processed`. */
export async function isMarked(store: Store, processed: string): Promise<boolean> {
  const { version } = await store.load(processed, false)
  return version !== absent
}

/** Puts a mark there; once is enough, twice does no harm. */
export async function mark(store: Store, processed: string): Promise<void> {
  if (!(await isMarked(store, processed))) await store.save(processed, true, absent)
}
