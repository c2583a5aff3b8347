// S10, S11 and S17: what is too large, no JSON or no key is refused before it has any effect.

import assert from 'node:assert/strict'
import { TooLarge } from '../../world/index.ts'
import { absent, type Store, type Write } from '../store.ts'
import { keysOf, refusal, times, valueOf } from './parts.ts'
import type { StoreObligation } from './world.ts'

/** Text that is `bytes` bytes of JSON, of two-byte characters where it can be. */
function textOf(bytes: number): string {
  const inside = bytes - 2
  return 'é'.repeat(Math.floor(inside / 2)) + 'e'.repeat(inside % 2)
}

/** As many values as it takes to fill `totalBytes`, each within its own limit. */
function filling(store: Store, totalBytes: number): readonly Write[] {
  const { maxWrites, maxValueBytes } = store.features
  const values = Math.ceil(totalBytes / maxValueBytes)
  assert.ok(values <= maxWrites, 'expected limits by which a set can be too large in all')
  return times(values, (i) => ({
    key: `order-1/${i}`,
    value: textOf(Math.floor(totalBytes / values) + (i < totalBytes % values ? 1 : 0)),
    expected: absent,
  }))
}

async function tooLarge(call: Promise<unknown>, limit: string): Promise<void> {
  assert.equal((await refusal(call, TooLarge)).limit, limit)
}

class Order {
  readonly items = ['porsche']
}

const notJson: readonly unknown[] = [
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1n,
  Symbol('order'),
  () => 'order',
  new Set(['porsche']),
  new Map([['porsche', 1]]),
  new Date(0),
  new Order(),
  new Uint8Array(1),
  'half a pair \ud83d',
  [undefined],
  { items: new Set() },
  { deep: [{ at: new Date(0) }] },
  { ['\ud83d']: 1 },
]

const noKeys = ['', '/', '/order-1', 'k'.repeat(1025), 'é'.repeat(513), 'order-1/\ud83d']

export const bounds: readonly StoreObligation[] = [
  {
    id: 'S10',
    title: 'a write set may have as many writes as declared, and not one more',
    run: async (world) => {
      const store = await world.open()
      const { maxWrites } = store.features
      const writes = times(maxWrites + 1, (i) => ({
        key: `order-1/${i}`,
        value: i,
        expected: absent,
      }))
      await tooLarge(store.saveAll(writes), 'maxWrites')
      assert.deepEqual(keysOf(await store.list('order-1/', { limit: 1 })), [])
      await assert.doesNotReject(store.saveAll(writes.slice(1)))
    },
  },
  {
    id: 'S10b',
    title: 'a value may have as many bytes of JSON as declared, and not one more',
    run: async (world) => {
      const store = await world.open()
      const { maxValueBytes } = store.features
      const over = textOf(maxValueBytes + 1)
      await tooLarge(store.save('order-1', over, absent), 'maxValueBytes')
      const good = { key: 'order-1/a', value: 'good', expected: absent }
      const bad = { key: 'order-1', value: over, expected: absent }
      if (store.features.atomicSets) await tooLarge(store.saveAll([good, bad]), 'maxValueBytes')
      assert.equal(await valueOf(store, 'order-1/a'), undefined)
      const exact = textOf(maxValueBytes)
      await assert.doesNotReject(store.save('order-1', exact, absent))
      assert.equal(await valueOf(store, 'order-1'), exact)
    },
  },
  {
    id: 'S10c',
    title: 'a write set may have as many bytes of JSON as declared, and not one more',
    needs: 'atomicSets',
    run: async (world) => {
      const store = await world.open()
      const { maxTotalBytes } = store.features
      await tooLarge(store.saveAll(filling(store, maxTotalBytes + 1)), 'maxTotalBytes')
      assert.deepEqual(keysOf(await store.list('order-1/', { limit: 1 })), [])
      await assert.doesNotReject(store.saveAll(filling(store, maxTotalBytes)))
    },
  },
  {
    id: 'S11',
    title: 'a value that JSON would change or lose is refused and changes nothing',
    run: async (world) => {
      const store = await world.open()
      for (const value of notJson) {
        const bad = { key: 'order-1', value, expected: absent }
        await refusal(store.save('order-1', value, absent), TypeError)
        if (!store.features.atomicSets) continue
        const good = { key: 'order-1/a', value: 'good', expected: absent }
        await refusal(store.saveAll([good, bad]), TypeError)
      }
      assert.equal(await valueOf(store, 'order-1'), undefined)
      assert.equal(await valueOf(store, 'order-1/a'), undefined)
    },
  },
  {
    id: 'S17',
    title: 'what is no key is refused by every call',
    run: async (world) => {
      const store = await world.open()
      for (const key of noKeys) {
        await refusal(store.load(key, undefined), TypeError)
        await refusal(store.save(key, 'late', absent), TypeError)
        await refusal(store.remove(key, absent), TypeError)
        await refusal(store.list(key, { limit: 1 }), TypeError)
      }
    },
  },
  {
    id: 'S17b',
    title: 'the longest keys are kept apart to their last byte',
    run: async (world) => {
      const store = await world.open()
      const keys = ['a', 'b', '%'].map((last) => `order-1/${'é'.repeat(507)}_${last}`)
      for (const key of keys) {
        assert.equal(Buffer.byteLength(key), 1024)
        await assert.doesNotReject(store.save(key, key, absent))
      }
      for (const key of keys) assert.equal(await valueOf(store, key), key)
    },
  },
]
