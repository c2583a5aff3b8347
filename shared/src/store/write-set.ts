// Checks a write set before it has any effect, the same way for every adapter: of one partition,
// each key once, JSON only, within the limits. What comes out no longer changes when the caller's
// values do.

import { canonicalJson } from '../message/index.ts'
import { TooLarge } from '../world/index.ts'
import { checkKey, partitionOf } from './keys.ts'
import type { StoreLimits } from './limits.ts'
import type { StoreFeatures, Version, Write } from './store.ts'

export type CheckedWrite = {
  readonly key: string
  readonly expected: Version
  /** The value as canonical JSON; `undefined` for a removal. */
  readonly json: string | undefined
  readonly pending: boolean
}

/** `writes`, checked and serialised. Throws a TypeError, or a `TooLarge` that names the limit. */
export function checkWrites(
  writes: readonly Write[],
  features: StoreFeatures,
): readonly CheckedWrite[] {
  const demand = demandOf(features)
  demand('maxWrites', writes.length, 'writes in one set')
  checkKeys(writes)
  let totalBytes = 0
  const checked = writes.map((write) => {
    const json = 'remove' in write ? undefined : canonicalJson(write.value)
    const bytes = json === undefined ? 0 : Buffer.byteLength(json)
    demand('maxValueBytes', bytes, `bytes of JSON in ${write.key}`)
    totalBytes += bytes
    return {
      key: write.key,
      expected: write.expected,
      json,
      pending: 'remove' in write ? false : (write.pending ?? false),
    }
  })
  demand('maxTotalBytes', totalBytes, 'bytes of JSON in one set')
  return checked
}

function checkKeys(writes: readonly Write[]): void {
  const seen = new Set<string>()
  for (const { key, expected } of writes) {
    checkKey(key)
    if (!Number.isSafeInteger(expected) || expected < 0) {
      throw new TypeError(
        `expected ${key} to be written at a version that was loaded, got ${String(expected)}`,
      )
    }
    if (seen.has(key)) {
      throw new TypeError(`expected each key once in a write set, got ${key} twice`)
    }
    seen.add(key)
  }
  const partitions = [...new Set(writes.map(({ key }) => partitionOf(key)))]
  if (partitions.length > 1) {
    throw new TypeError(
      `expected the keys of a write set to share one partition, got ${partitions.join(' and ')}. ` +
        'Save each partition by itself',
    )
  }
}

const demandOf =
  (features: StoreFeatures) =>
  (limit: keyof StoreLimits, got: number, what: string): void => {
    const most = features[limit]
    if (got > most) throw new TooLarge(limit, `expected at most ${most} ${what}, got ${got}`)
  }
