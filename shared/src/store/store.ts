// What every store promises: one port for entities, inbox marks and outbox rows, so that all of
// them can be one atomic write. Each numbered obligation is a case of `store.contract.ts`.
//
// A key is `partition/rest`, or a partition alone: `order-1`, `order-1/outbox/0001`. S17. It is 1
// to 1024 bytes of well-formed text that begins with a partition, else a TypeError. Not promised:
// anything about two partitions together, and no lock: a writer that lost a race learns of it.

declare const brand: unique symbol

/** Which write made a value. Compared for equality only; `absent` is the version of nothing. */
export type Version = number & { readonly [brand]: 'Version' }
export const absent = 0 as Version

export type Loaded<T> = { readonly value: T; readonly version: Version }

export type Entry<T = unknown> = Loaded<T> & { readonly key: string }

export type Write =
  | {
      readonly key: string
      readonly value: unknown
      readonly expected: Version
      /** Found by `pending` until it is written again without it, or removed. Default false. */
      readonly pending?: boolean
    }
  | { readonly key: string; readonly remove: true; readonly expected: Version }

export type ListOptions = {
  /** 1 to 1000. */
  readonly limit: number
  /** Only what was written at least this many milliseconds ago. Default 0. */
  readonly olderThanMs?: number
}

export type StoreFeatures = {
  /** How many keys one `saveAll` may write: 1 where there are no `atomicSets`. */
  readonly maxWrites: number
  /** One value, as JSON, in bytes. */
  readonly maxValueBytes: number
  /** All values of one `saveAll` together, as JSON, in bytes. */
  readonly maxTotalBytes: number
  /** What was acknowledged outlives every process (S16). */
  readonly durable: boolean
  /** Write sets take effect in the order in which a process calls for them (S18). */
  readonly ordered: boolean
  /** Several keys may be written as one (S8). */
  readonly atomicSets: boolean
  /** A list shows such a set whole, or nothing of it (S8). Loads of single keys always do. */
  readonly wholeLists: boolean
}

export interface Store extends AsyncDisposable {
  readonly features: StoreFeatures

  /** S1. The value of `key` and its version, or `whenAbsent` and the version `absent`. S2. What was
   *  saved is what is loaded, by any process, as soon as the save resolved. S3. A deeply frozen
   *  copy, of `whenAbsent` too: nothing but a save changes the store, and what is passed to a save
   *  may change once the call has returned. The type is the caller's word for what it saved. */
  load<T>(key: string, whenAbsent: T): Promise<Loaded<T>>

  /** S4. Saves only if the version is still `expected`, else rejects with `Conflict` and changes
   *  nothing. S5. That holds for `absent`: of several creators one wins. Resolves with the new
   *  version, S6. which this key never had before, not even before it was removed. */
  save(key: string, value: unknown, expected: Version): Promise<Version>

  /** S7. Removes only if the version is still `expected`, else rejects with `Conflict`. Removing
   *  nothing, at `absent`, is no error and leaves no trace. */
  remove(key: string, expected: Version): Promise<void>

  /** S8. All writes or none, if every version is still the expected one; resolves with the new
   *  versions, in order, `absent` for a removal. An empty list has no effect. S9. Of one partition,
   *  each key once, else a TypeError. S10. Over a limit of `features` it rejects with `TooLarge`,
   *  S11. on a value that is not JSON with a TypeError, both before any effect. S12. Writers do not
   *  hurt one another: an independent write set succeeds whatever becomes of its neighbours.
   *  S18. Where `features.ordered`, several may be under way at once: whenever one is applied, so
   *  is every one that this process called for before it, unless that is refused. */
  saveAll(writes: readonly Write[]): Promise<readonly Version[]>

  /** S13. The entries whose key begins with `prefix`, ordered by the bytes of their keys in UTF-8.
   *  The prefix holds a whole partition: `order-1/`, never `order-1`, which would list `order-10`
   *  too. A TypeError where the prefix or the options are out of their bounds. */
  list<T = unknown>(prefix: string, options: ListOptions): Promise<readonly Entry<T>[]>

  /** S14. Entries saved as `pending`, of all partitions, the longest unchanged first. */
  pending<T = unknown>(options: ListOptions): Promise<readonly Entry<T>[]>

  /** S15. What was accepted is finished; a later call rejects with `Unavailable`. Twice is once. */
  close(): Promise<void>
}

/** Definite: nothing was applied, because `key` is not at the version expected. Load again. */
export class Conflict extends Error {
  override readonly name = 'Conflict'
  readonly key: string

  constructor(key: string, options?: ErrorOptions) {
    super(
      `expected ${key} at the version that was loaded, got a newer one. Load it again and retry`,
      options,
    )
    this.key = key
  }
}
