// How much the stores of this workshop take at once. An adapter may be opened with other limits; it
// declares them in its `features`, and `write-set.ts` refuses what is over them.

import type { StoreFeatures } from './store.ts'

export type StoreLimits = Pick<StoreFeatures, 'maxWrites' | 'maxValueBytes' | 'maxTotalBytes'>

/** Those of DynamoDB, so that what fits here fits there. */
export const defaultLimits: StoreLimits = {
  maxWrites: 100,
  maxValueBytes: 400_000,
  maxTotalBytes: 4_000_000,
}

/** The features of a store with these limits, and the default ones for the rest, that promises all
 *  but what `promised` takes back. Throws a TypeError for a limit that is not a whole number of 1 or
 *  more. */
export function featuresWith(
  limits: Partial<StoreLimits> = {},
  promised: Partial<Omit<StoreFeatures, keyof StoreLimits>> = {},
): StoreFeatures {
  for (const [name, value] of Object.entries(limits)) expectLimit(name, value)
  const all = { durable: true, ordered: true, atomicSets: true, wholeLists: true }
  return { ...defaultLimits, ...limits, ...all, ...promised }
}

/** Throws a TypeError unless `value` is a whole number of 1 or more. */
export function expectLimit(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return
  throw new TypeError(`expected ${name} to be a whole number of 1 or more, got ${value}`)
}
