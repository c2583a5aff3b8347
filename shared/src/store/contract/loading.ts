// S1 to S3: what is loaded, and that nothing but a save changes it.

import assert from 'node:assert/strict'
import { absent } from '../store.ts'
import { keysOf, neverGiven, valueOf } from './parts.ts'
import type { StoreObligation } from './world.ts'

/** What JSON can say, and what is easily lost on the way. */
const everyValue: readonly unknown[] = [
  null,
  false,
  0,
  -1.5,
  1e21,
  Number.MAX_SAFE_INTEGER,
  '',
  'zero \u0000, quote ", new\nline, é, 漢, 🚗',
  [],
  {},
  [[null], { a: [{ b: '' }] }],
  { '': 1, 'a.b': 2, é: 3, 10: 4, 9: 5 },
]

export const loading: readonly StoreObligation[] = [
  {
    id: 'S1',
    title: 'a key that is absent loads as the value given, at the version `absent`',
    run: async (world) => {
      const store = await world.open()
      const loaded = await store.load('order-1/a', { items: [] })
      assert.deepEqual(loaded, { value: { items: [] }, version: absent })
      assert.deepEqual(await store.load('order-1/a', undefined), {
        value: undefined,
        version: absent,
      })
      assert.deepEqual(keysOf(await store.list('order-1/', { limit: 10 })), [])
    },
  },
  {
    id: 'S1b',
    title: 'a stored null is a value, and not an absence',
    run: async (world) => {
      const store = await world.open()
      const version = await store.save('order-1', null, absent)
      assert.deepEqual(await store.load('order-1', 'nothing'), { value: null, version })
      assert.notEqual(version, absent)
    },
  },
  {
    id: 'S1c',
    title: 'keys that look alike are different keys',
    run: async (world) => {
      const store = await world.open()
      const keys = ['a', 'A', 'a ', 'a/', 'a/b', 'a/B', 'a\u0000', 'é', 'e\u0301', '%', '_', "'"]
      for (const key of keys) {
        await assert.doesNotReject(store.save(key, `the value of ${key}`, absent))
      }
      for (const key of keys) assert.equal(await valueOf(store, key), `the value of ${key}`)
    },
  },
  {
    id: 'S2',
    title: 'what a process saved is what every process loads, as soon as the save resolved',
    run: async (world) => {
      const [one, other] = [await world.open(), await world.open()]
      const version = await one.save('order-1', { items: ['porsche'] }, absent)
      assert.deepEqual(await other.load('order-1', undefined), {
        value: { items: ['porsche'] },
        version,
      })
      assert.deepEqual(await one.load('order-1', undefined), {
        value: { items: ['porsche'] },
        version,
      })
    },
  },
  {
    id: 'S2b',
    title: 'a process sees what another has changed since it loaded last',
    run: async (world) => {
      const [one, other] = [await world.open(), await world.open()]
      const first = await one.save('order-1', 'first', absent)
      assert.equal(await valueOf(other, 'order-1'), 'first')
      const second = await one.save('order-1', 'second', first)
      assert.equal(await valueOf(other, 'order-1'), 'second')
      await one.remove('order-1', second)
      assert.equal(await valueOf(other, 'order-1'), undefined)
    },
  },
  {
    id: 'S2c',
    title: 'every value of JSON is loaded as it was saved',
    run: async (world) => {
      const store = await world.open()
      for (const [index, value] of everyValue.entries()) {
        await store.save(`value/${index}`, value, absent)
        assert.deepEqual(await valueOf(store, `value/${index}`), value)
      }
    },
  },
  {
    id: 'S3',
    title: 'what is loaded is frozen, to its depth',
    run: async (world) => {
      const store = await world.open()
      await store.save('order-1/a', { items: [{ name: 'porsche' }] }, absent)
      const [listed] = await store.list<Order>('order-1/', { limit: 1 })
      const { value } = await store.load<Order>('order-1/a', { items: [] })
      for (const order of [value, listed!.value]) {
        assert.throws(() => order.items.push({ name: 'trabant' }), TypeError)
        assert.throws(() => (order.items[0]!.name = 'trabant'), TypeError)
        assert.throws(() => (order.items = []), TypeError)
      }
    },
  },
  {
    id: 'S3b',
    title: 'what happens to a value after the call that saves it is not saved',
    run: async (world) => {
      const store = await world.open()
      const value = { items: ['porsche'] }
      const writes = [{ key: 'order-2', value, expected: absent }]
      const saving = [store.save('order-1', value, absent), store.saveAll(writes)]
      value.items.push('trabant')
      writes.push({ key: 'order-2/b', value, expected: neverGiven })
      await assert.doesNotReject(Promise.all(saving))
      assert.deepEqual(await valueOf(store, 'order-1'), { items: ['porsche'] })
      assert.deepEqual(await valueOf(store, 'order-2'), { items: ['porsche'] })
    },
  },
  {
    id: 'S3c',
    title: 'the value given for an absent key comes back as a frozen copy, itself unchanged',
    run: async (world) => {
      const store = await world.open()
      const empty: Order = { items: [] }
      const { value } = await store.load('order-1', empty)
      assert.throws(() => value.items.push({ name: 'porsche' }), TypeError)
      empty.items.push({ name: 'trabant' })
      assert.deepEqual(value, { items: [] })
    },
  },
]

type Order = { items: { name: string }[] }
