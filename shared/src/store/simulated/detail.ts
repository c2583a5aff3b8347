// What the simulated store tells of its steps: events for a history, details for pictures. No step
// depends on either.

import type { Loaded, Version } from '../store.ts'

/** What happened, at the moment when it did. */
export type StoreEvent =
  | {
      readonly kind: 'loaded'
      readonly key: string
      readonly value: unknown
      readonly version: Version
    }
  | { readonly kind: 'saved'; readonly key: string; readonly value: unknown }
  | { readonly kind: 'removed'; readonly key: string }

/** The `detail` of a step in a trace, which itself says which fault was chosen and what the caller
 *  was told. */
export type StoreDetail = {
  /** The keys that it names, or finds. */
  readonly keys: readonly KeyDetail[]
  /** Of a write: whether it took effect, whatever its caller was told. */
  readonly isApplied?: boolean
  /** The key that was not at the version expected. */
  readonly conflict?: string
}

export type KeyDetail = {
  readonly key: string
  /** What was stored before the step, and after it; undefined: nothing. */
  readonly before: Loaded<unknown> | undefined
  readonly after: Loaded<unknown> | undefined
  /** What a stale load gave instead; `null`: nothing. */
  readonly stale?: Loaded<unknown> | null
}
