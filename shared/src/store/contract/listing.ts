// S13: what a list holds, in which order, and what it leaves out.

import assert from 'node:assert/strict'
import { absent, type Store } from '../store.ts'
import { keysOf, refusal, times } from './parts.ts'
import type { StoreObligation } from './world.ts'

const anHourMs = 3_600_000
/** Long enough to tell an old entry from a young one on a slow machine, most times. */
const oldMs = 100

async function saveEach(store: Store, keys: readonly string[]): Promise<void> {
  for (const key of keys) await store.save(key, `the value of ${key}`, absent)
}

export const listing: readonly StoreObligation[] = [
  {
    id: 'S13',
    title: 'a list holds its own partition and nothing of a neighbour with a longer name',
    run: async (world) => {
      const [store, other] = [await world.open(), await world.open()]
      await saveEach(store, [
        'order-1',
        'order-1/b',
        'order-1/a',
        'order-10',
        'order-10/c',
        'order-',
      ])
      await saveEach(store, ['order-1/a/deep', 'order-1.', 'order-10/', 'Order-1/d'])
      const keys = keysOf(await other.list('order-1/', { limit: 10 }))
      assert.deepEqual(keys, ['order-1/a', 'order-1/a/deep', 'order-1/b'])
      assert.deepEqual(keysOf(await other.list('order-1/a/', { limit: 10 })), ['order-1/a/deep'])
      assert.deepEqual(keysOf(await other.list('order-2/', { limit: 10 })), [])
    },
  },
  {
    id: 'S13b',
    title: 'signs that a pattern would take for any text stand for themselves in a prefix',
    run: async (world) => {
      const store = await world.open()
      await saveEach(store, ['p/100%', 'p/100_', 'p/1000', 'p/100*', 'p/100%/a', 'p/[1]', 'p/1?'])
      const listed = async (prefix: string) => keysOf(await store.list(prefix, { limit: 10 }))
      assert.deepEqual(await listed('p/100%'), ['p/100%', 'p/100%/a'])
      assert.deepEqual(await listed('p/100_'), ['p/100_'])
      assert.deepEqual(await listed('p/100*'), ['p/100*'])
      assert.deepEqual(await listed('p/[1]'), ['p/[1]'])
      assert.deepEqual(await listed('p/1?'), ['p/1?'])
    },
  },
  {
    id: 'S13c',
    title: 'a list is ordered by the bytes of its keys in UTF-8',
    run: async (world) => {
      const store = await world.open()
      const ordered = ['p/', 'p/10', 'p/9', 'p/Z', 'p/a', 'p/~', 'p/é', 'p/漢', 'p/\uffee', 'p/🚗']
      await saveEach(store, ordered.toReversed())
      assert.deepEqual(keysOf(await store.list('p/', { limit: 100 })), ordered)
      assert.deepEqual(keysOf(await store.list('p/\uffee', { limit: 100 })), ['p/\uffee'])
    },
  },
  {
    id: 'S13d',
    title: 'a list holds no more than its limit, the first ones in order',
    run: async (world) => {
      const store = await world.open()
      const keys = times(12, (i) => `p/${String(i).padStart(2, '0')}`)
      await saveEach(store, keys.toReversed())
      assert.deepEqual(keysOf(await store.list('p/', { limit: 1 })), keys.slice(0, 1))
      assert.deepEqual(keysOf(await store.list('p/', { limit: 11 })), keys.slice(0, 11))
      assert.deepEqual(keysOf(await store.list('p/', { limit: 1000 })), keys)
    },
  },
  {
    id: 'S13e',
    title: 'a list without a whole partition, or out of its bounds, is refused',
    run: async (world) => {
      const store = await world.open()
      await refusal(store.list('order-1', { limit: 1 }), TypeError)
      for (const limit of [0, -1, 1001, 1.5, Number.NaN]) {
        await refusal(store.list('order-1/', { limit }), TypeError)
        await refusal(store.pending({ limit }), TypeError)
      }
      await refusal(store.list('order-1/', { limit: 1, olderThanMs: -1 }), TypeError)
    },
  },
  {
    id: 'S13f',
    title: 'a list by age leaves out what is younger, and holds it once it is older',
    run: async (world) => {
      const store = await world.open()
      await saveEach(store, ['p/a', 'p/b'])
      const listed = async (olderThanMs: number) =>
        keysOf(await store.list('p/', { limit: 10, olderThanMs }))
      assert.deepEqual(await listed(anHourMs), [])
      assert.deepEqual(await listed(0), ['p/a', 'p/b'])
      await world.until(async () => (await listed(20)).length === 2, 'two entries older than 20 ms')
    },
  },
  {
    id: 'S13g',
    title: 'an entry that is written again is young again',
    run: async (world) => {
      const store = await world.open()
      const judged = async (): Promise<boolean> => {
        const { version } = await store.load('p/a', '')
        const written = await store.save('p/a', 'before', version)
        await world.sleep(oldMs * 2)
        const fromMs = world.nowMs()
        await store.save('p/a', 'after', written)
        const entries = await store.list('p/', { limit: 1, olderThanMs: oldMs })
        // On a machine that stood still in between this says nothing, and is tried again.
        if (world.nowMs() - fromMs >= oldMs) return false
        assert.deepEqual(entries, [])
        return true
      }
      await world.until(judged, `a list within ${oldMs} ms after a save`)
    },
  },
  {
    id: 'S13h',
    title: 'an entry of a list is what a load gives, and can be saved and removed by its version',
    run: async (world) => {
      const store = await world.open()
      await saveEach(store, ['p/a', 'p/b'])
      const [a, b] = await store.list('p/', { limit: 2 })
      assert.deepEqual({ key: 'p/a', ...(await store.load('p/a', '')) }, a)
      await assert.doesNotReject(store.save('p/a', 'after', a!.version))
      await assert.doesNotReject(store.remove('p/b', b!.version))
      const values = (await store.list('p/', { limit: 2 })).map(({ value }) => value)
      assert.deepEqual(values, ['after'])
    },
  },
]
