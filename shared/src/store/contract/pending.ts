// S14: what is found by `pending`, in which order, and when it is no longer.

import assert from 'node:assert/strict'
import { absent, type Store, type Version } from '../store.ts'
import { keysOf, times, valueOf } from './parts.ts'
import type { StoreObligation } from './world.ts'

const anHourMs = 3_600_000

async function savePending(store: Store, key: string, expected = absent): Promise<Version> {
  const [version] = await store.saveAll([{ key, value: `to do: ${key}`, expected, pending: true }])
  return version!
}

const pendingKeys = async (store: Store, limit = 100): Promise<readonly string[]> =>
  keysOf(await store.pending({ limit }))

export const pending: readonly StoreObligation[] = [
  {
    id: 'S14',
    title: 'pending entries of all partitions are found by any process, the oldest first',
    run: async (world) => {
      const [one, other] = [await world.open(), await world.open()]
      const keys = ['order-2/b', 'order-1/c', 'order-3', 'order-1/a']
      for (const [i, key] of keys.entries()) await savePending(i % 2 ? one : other, key)
      await one.save('order-1/not', 'pending', absent)
      assert.deepEqual(await pendingKeys(one), keys)
      assert.deepEqual(await pendingKeys(other), keys)
    },
  },
  {
    id: 'S14b',
    title: 'an entry written again without `pending` is no longer pending, and still there',
    run: async (world) => {
      const store = await world.open()
      const [a, b] = [await savePending(store, 'order-1/a'), await savePending(store, 'order-1/b')]
      await store.save('order-1/a', 'done', a)
      await store.saveAll([{ key: 'order-1/b', value: 'done', expected: b, pending: false }])
      assert.deepEqual(await pendingKeys(store), [])
      assert.equal(await valueOf(store, 'order-1/a'), 'done')
    },
  },
  {
    id: 'S14c',
    title: 'a removed entry is no longer pending',
    run: async (world) => {
      const store = await world.open()
      const version = await savePending(store, 'order-1/a')
      await savePending(store, 'order-1/b')
      await store.remove('order-1/a', version)
      assert.deepEqual(await pendingKeys(store), ['order-1/b'])
    },
  },
  {
    id: 'S14d',
    title: 'an entry that is written again as pending becomes the youngest',
    run: async (world) => {
      const store = await world.open()
      const version = await savePending(store, 'order-1/a')
      await savePending(store, 'order-1/b')
      await savePending(store, 'order-1/a', version)
      assert.deepEqual(await pendingKeys(store), ['order-1/b', 'order-1/a'])
    },
  },
  {
    id: 'S14e',
    title: 'no more pending entries are found than the limit, the oldest ones',
    run: async (world) => {
      const store = await world.open()
      const keys = times(5, (i) => `order-${9 - i}/a`)
      for (const key of keys) await savePending(store, key)
      assert.deepEqual(await pendingKeys(store, 2), keys.slice(0, 2))
      const [first] = await store.pending({ limit: 1 })
      assert.deepEqual(first, { key: keys[0], ...(await store.load(keys[0]!, '')) })
    },
  },
  {
    id: 'S14f',
    title: 'pending entries that are younger than asked for are left out until they are older',
    run: async (world) => {
      const store = await world.open()
      await savePending(store, 'order-1/a')
      const found = (olderThanMs: number) => store.pending({ limit: 10, olderThanMs })
      assert.deepEqual(await found(anHourMs), [])
      assert.deepEqual(keysOf(await found(0)), ['order-1/a'])
      await world.until(async () => (await found(20)).length === 1, 'an entry older than 20 ms')
    },
  },
  {
    id: 'S14g',
    title: 'a write set that conflicts leaves nothing pending',
    needs: 'atomicSets',
    run: async (world) => {
      const store = await world.open()
      await store.save('order-1', 'first', absent)
      const writes = [
        { key: 'order-1/outbox/1', value: 'ghost', expected: absent, pending: true },
        { key: 'order-1', value: 'late', expected: absent },
      ]
      await Promise.allSettled([store.saveAll(writes)])
      assert.deepEqual(await pendingKeys(store), [])
    },
  },
]
