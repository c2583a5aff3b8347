// What each call of the simulated store is, as a step: its effect, its faults, and what a picture
// is told of it. The faults, by the budget that they spend: `failedSaves`: a write certainly did
// not happen. `unknown`: nobody says whether it did. `staleReads`: a load gives what was there
// before.

import { digestOfText, empty, mix, type Step } from '../../simulation/index.ts'
import { type TooLarge, Unavailable, Unknown } from '../../world/index.ts'
import { frozenCopy } from '../frozen.ts'
import { partitionOf } from '../keys.ts'
import { absent, Conflict, type Entry, type Loaded, type Version, type Write } from '../store.ts'
import type { CheckedWrite } from '../write-set.ts'
import type { KeyDetail, StoreDetail, StoreEvent } from './detail.ts'
import type { Entries } from './entries.ts'

export type StepParts = {
  readonly entries: Entries
  readonly record: (event: StoreEvent) => void
}

/** Steps on one partition are never taken to commute: a write set and a list cover many keys. */
export const footprintOf = (key: string): string => `store ${partitionOf(key)}`

export type LoadCall<T> = { readonly key: string; readonly whenAbsent: T }

export function loadStep<T>(parts: StepParts, { key, whenAbsent }: LoadCall<T>): Step<Loaded<T>> {
  const { entries, record } = parts
  let stale: Version | undefined
  const give = (version: Version = entries.version(key)): Loaded<T> => {
    const loaded = entries.get(key, version) ?? { value: frozenCopy(whenAbsent), version: absent }
    record({ kind: 'loaded', key, ...loaded })
    // The type is the caller's word, as in every store.
    return loaded as Loaded<T>
  }
  return {
    kind: 'load',
    resource: footprintOf(key),
    access: 'read',
    effect: () => give(),
    faults: [
      {
        spends: 'staleReads',
        variants: () => entries.older(key).length,
        effect: (variant) => give((stale = entries.older(key)[variant])),
      },
    ],
    digest: ({ version }) => entries.digestOf(key, version),
    detail: (): StoreDetail => {
      const now = unchanged(entries, key)
      if (stale === undefined) return { keys: [now] }
      return { keys: [{ ...now, stale: entries.get(key, stale) ?? null }] }
    },
  }
}

export type FindCall = {
  readonly kind: 'list' | 'pending'
  readonly resource: string
  readonly find: () => readonly Entry[]
}

export function findStep({ entries }: StepParts, call: FindCall): Step<readonly Entry[]> {
  const { kind, resource, find } = call
  let found: readonly Entry[] = []
  return {
    kind,
    resource,
    access: 'read',
    effect: () => (found = find()),
    digest: () =>
      found.reduce(
        (chain, { key, version }) =>
          mix(mix(chain, digestOfText(key)), entries.digestOf(key, version)),
        empty,
      ),
    detail: (): StoreDetail => ({ keys: found.map(({ key }) => unchanged(entries, key)) }),
  }
}

export type WriteCall = {
  readonly kind: 'save' | 'remove' | 'save all'
  readonly resource: string
  readonly writes: readonly CheckedWrite[]
}

export function writeStep(parts: StepParts, call: WriteCall): Step<readonly Version[]> {
  const { entries, record } = parts
  const { kind, resource, writes } = call
  let conflict: string | undefined
  let isApplied = false
  const apply = (): readonly Version[] => {
    conflict = entries.conflict(writes)
    if (conflict !== undefined) throw new Conflict(conflict)
    const versions = entries.apply(writes)
    isApplied = true
    for (const write of writes) {
      const saved = entries.get(write.key)
      if (saved) record({ kind: 'saved', key: write.key, value: saved.value })
      else if (write.expected !== absent) record({ kind: 'removed', key: write.key })
    }
    return versions
  }
  return {
    kind,
    resource,
    access: 'write',
    effect: apply,
    faults: [
      {
        spends: 'failedSaves',
        effect: () => {
          throw new Unavailable('expected the store to answer, got no connection to it. Try again')
        },
      },
      {
        spends: 'unknown',
        // Not applied, or applied, where it can be.
        variants: () => (entries.conflict(writes) === undefined ? 2 : 1),
        effect: (variant) => {
          if (variant === 1) apply()
          throw new Unknown('expected an answer to a write, got none. Load again, and look')
        },
      },
    ],
    detail: (): StoreDetail => ({
      keys: writes.map(({ key, expected }) => ({
        key,
        before: entries.get(key, isApplied ? expected : entries.version(key)),
        after: entries.get(key),
      })),
      isApplied,
      ...(conflict !== undefined && { conflict }),
    }),
  }
}

export type RefusedCall = Pick<WriteCall, 'kind' | 'resource'> & {
  readonly given: readonly Write[]
  readonly error: TooLarge
}

/** A write that is over a limit, which changes nothing. */
export function refusedStep({ entries }: StepParts, call: RefusedCall): Step<never> {
  const { kind, resource, given, error } = call
  return {
    kind,
    resource,
    access: 'read',
    effect: () => {
      throw error
    },
    detail: (): StoreDetail => ({
      keys: given.map(({ key }) => unchanged(entries, key)),
      isApplied: false,
    }),
  }
}

function unchanged(entries: Entries, key: string): KeyDetail {
  const stored = entries.get(key)
  return { key, before: stored, after: stored }
}
