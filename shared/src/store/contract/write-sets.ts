// S8, S9, S12 and S18: a write set applies as a whole or not at all, hurts nobody else, and does
// not overtake.

import assert from 'node:assert/strict'
import { absent, type Version } from '../store.ts'
import { conflict, keysOf, neverGiven, refusal, times, valueOf } from './parts.ts'
import type { StoreObligation } from './world.ts'

const rounds = 20

export const writeSets: readonly StoreObligation[] = [
  {
    id: 'S8',
    title: 'no write of a set applies when one of them conflicts, whichever it is',
    needs: 'atomicSets',
    run: async (world) => {
      const store = await world.open()
      const version = await store.save('order-1/c', 'before', absent)
      for (const [first, second] of ['ab', 'ba'].map((pair) => pair.split(''))) {
        const writes = [
          { key: `order-1/${first}`, value: 'after', expected: absent },
          { key: 'order-1/c', remove: true, expected: version } as const,
          { key: `order-1/${second}`, value: 'after', expected: absent },
        ]
        const stale = { key: 'order-1/d', value: 'after', expected: neverGiven }
        await conflict(store.saveAll([...writes, stale]), 'order-1/d')
        await conflict(store.saveAll([stale, ...writes]), 'order-1/d')
      }
      const entries = await store.list('order-1/', { limit: 10 })
      assert.deepEqual(entries, [{ key: 'order-1/c', value: 'before', version }])
    },
  },
  {
    id: 'S8b',
    title: 'a write set resolves with its versions, in the order of its writes',
    needs: 'atomicSets',
    run: async (world) => {
      const store = await world.open()
      const version = await store.save('order-1/b', 'before', absent)
      const versions = await store.saveAll([
        { key: 'order-1/c', value: 'new', expected: absent },
        { key: 'order-1/b', remove: true, expected: version },
        { key: 'order-1', value: 'new', expected: absent },
      ])
      const loaded = [
        (await store.load('order-1/c', '')).version,
        absent,
        (await store.load('order-1', '')).version,
      ]
      assert.deepEqual(versions, loaded)
      assert.equal(await valueOf(store, 'order-1/b'), undefined)
      assert.deepEqual(await store.saveAll([]), [])
    },
  },
  {
    id: 'S8c',
    title: 'another process never sees half of a write set',
    needs: ['atomicSets', 'wholeLists'],
    run: async (world) => {
      const [writer, reader] = [await world.open(), await world.open()]
      const progress = { over: false }
      const write = async (): Promise<void> => {
        let [left, right] = [absent, absent] as readonly Version[]
        for (let value = 0; value < rounds; value += 1) {
          ;[left, right] = await writer.saveAll([
            { key: 'order-1/left', value, expected: left! },
            { key: 'order-1/right', value, expected: right! },
          ])
        }
      }
      const seen: (readonly unknown[])[] = []
      const read = async (): Promise<void> => {
        while (!progress.over) {
          seen.push((await reader.list('order-1/', { limit: 2 })).map(({ value }) => value))
          await world.sleep(0)
        }
      }
      const writing = write().finally(() => (progress.over = true))
      await Promise.all([writing, read()])
      for (const [left, right] of seen) assert.equal(left, right)
    },
  },
  {
    id: 'S9',
    title: 'a write set of two partitions is refused and changes nothing',
    needs: 'atomicSets',
    run: async (world) => {
      const store = await world.open()
      for (const [one, other] of [
        ['order-1', 'order-2'],
        ['order-1/a', 'order-10/a'],
        ['order-1/a', 'ORDER-1/b'],
      ] as const) {
        const writes = [one, other].map((key) => ({ key, value: 'late', expected: absent }))
        await refusal(store.saveAll(writes), TypeError)
        assert.equal(await valueOf(store, one), undefined)
        assert.equal(await valueOf(store, other), undefined)
      }
    },
  },
  {
    id: 'S9b',
    title: 'a write set that names a key twice is refused and changes nothing',
    needs: 'atomicSets',
    run: async (world) => {
      const store = await world.open()
      const write = { key: 'order-1', value: 'once', expected: absent }
      await refusal(store.saveAll([write, { ...write, value: 'twice' }]), TypeError)
      await refusal(store.saveAll([write, { ...write, remove: true }]), TypeError)
      assert.equal(await valueOf(store, 'order-1'), undefined)
    },
  },
  {
    id: 'S9c',
    title: 'a partition and all that is below it are one partition',
    needs: 'atomicSets',
    run: async (world) => {
      const store = await world.open()
      const keys = ['order-1', 'order-1/outbox/1', 'order-1/inbox/a/b', 'order-1/']
      const writes = keys.map((key) => ({ key, value: key, expected: absent }))
      await assert.doesNotReject(store.saveAll(writes))
      for (const key of keys) assert.equal(await valueOf(store, key), key)
    },
  },
  {
    id: 'S12',
    title: 'a refused write set does not hurt those that are written at the same time',
    run: async (world) => {
      const store = await world.open()
      const good = (name: string) => times(10, (i) => `${name}-${i}/a`)
      const save = (key: string) => store.save(key, key, absent)
      const calls = [
        ...good('before').map(save),
        store.save('stale', 'late', neverGiven),
        ...good('between').map(save),
        store.save('not-json', Number.NaN, absent),
        store.save('large', 'x'.repeat(store.features.maxValueBytes), absent),
        store.saveAll([
          { key: 'half/a', value: 'late', expected: absent },
          { key: 'half/b', value: 'late', expected: neverGiven },
        ]),
        ...good('after').map(save),
      ]
      const outcomes = await Promise.allSettled(calls)
      const refused = outcomes.flatMap(({ status }, i) => (status === 'rejected' ? [i] : []))
      assert.deepEqual(refused, [10, 21, 22, 23])
      for (const key of ['before', 'between', 'after'].flatMap(good)) {
        assert.equal(await valueOf(store, key), key)
      }
      assert.deepEqual(keysOf(await store.list('half/', { limit: 10 })), [])
    },
  },
  {
    id: 'S18',
    title: 'a write set is there only if those are that were called for before it',
    needs: 'ordered',
    run: async (world) => {
      const [store, other] = [await world.open(), await world.open()]
      const keys = times(100, (i) => `order-${i}`)
      const late = store.save('late', 'late', neverGiven)
      const saving = keys.map(async (key, index) => {
        await store.save(key, key, absent)
        // All at once: what is read later may have come meanwhile.
        const before = keys.slice(0, index)
        assert.deepEqual(await Promise.all(before.map((one) => valueOf(other, one))), before)
      })
      const [refused, ...saved] = await Promise.allSettled([late, ...saving])
      assert.equal(refused.status, 'rejected')
      for (const outcome of saved) assert.equal(outcome.status, 'fulfilled')
    },
  },
]
