// What the conformance cases are built of: what a refusal looks like, and writers that try again.

import assert from 'node:assert/strict'
import { Conflict, type Entry, type Store, type Version } from '../store.ts'

type ErrorClass = new (...args: never[]) => Error

/** Asserts that `call` is refused with this class of error, and gives the error. */
export async function refusal<E extends ErrorClass>(
  call: Promise<unknown>,
  expected: E,
): Promise<InstanceType<E>> {
  const [outcome] = await Promise.allSettled([call])
  assert.equal(outcome.status, 'rejected', `expected ${expected.name}, and the call resolved`)
  const error: unknown = outcome.status === 'rejected' ? outcome.reason : undefined
  assert.ok(error instanceof expected, `expected ${expected.name}, got ${String(error)}`)
  return error as InstanceType<E>
}

/** Asserts that `call` is refused with a `Conflict` about `key`. */
export async function conflict(call: Promise<unknown>, key: string): Promise<void> {
  assert.equal((await refusal(call, Conflict)).key, key)
}

/** The value of `key`, or `undefined`. */
export async function valueOf(store: Store, key: string): Promise<unknown> {
  return (await store.load<unknown>(key, undefined)).value
}

export const keysOf = (entries: readonly Entry[]): readonly string[] =>
  entries.map(({ key }) => key)

/** A version that no write of a test ever gets. */
export const neverGiven = Number.MAX_SAFE_INTEGER as Version

/** Adds one to the number in `key`. Each failed attempt means that another writer succeeded, so
 *  there are never more attempts than `writers`. */
export async function increment(store: Store, key: string, writers: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { value, version } = await store.load(key, 0)
    try {
      await store.save(key, value + 1, version)
      return
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      assert.ok(attempt < writers, `expected one of ${writers} writers to win each round`)
    }
  }
}

export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
