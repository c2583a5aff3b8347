// S15 and S16: what becomes of the store's work when a process ends, in order or by a crash.

import assert from 'node:assert/strict'
import { Unavailable } from '../../world/index.ts'
import { absent, type Store } from '../store.ts'
import { keysOf, refusal, times, valueOf } from './parts.ts'
import type { StoreObligation } from './world.ts'

const everyCall: readonly ((store: Store) => Promise<unknown>)[] = [
  (store) => store.load('order-1', undefined),
  (store) => store.save('order-1', 'late', absent),
  (store) => store.remove('order-1', absent),
  (store) => store.saveAll([{ key: 'order-1', value: 'late', expected: absent }]),
  (store) => store.saveAll([]),
  (store) => store.list('order-1/', { limit: 1 }),
  (store) => store.pending({ limit: 1 }),
]

const outbox = ['order-1/outbox/1', 'order-1/outbox/2', 'order-1/outbox/3']
const writeOutbox = (store: Store) =>
  store.saveAll(outbox.map((key) => ({ key, value: 'to do', expected: absent, pending: true })))

export const ending: readonly StoreObligation[] = [
  {
    id: 'S15',
    title: 'closing finishes what was accepted',
    run: async (world) => {
      const [store, other] = [await world.open(), await world.open()]
      const keys = times(10, (i) => `order-${i}`)
      const saving = Promise.allSettled(keys.map((key) => store.save(key, key, absent)))
      await store.close()
      for (const key of keys) assert.equal(await valueOf(other, key), key)
      assert.ok((await saving).every(({ status }) => status === 'fulfilled'))
    },
  },
  {
    id: 'S15b',
    title: 'a call after closing is refused as unavailable and changes nothing',
    run: async (world) => {
      const [store, other] = [await world.open(), await world.open()]
      const closing = store.close()
      for (const call of everyCall) await refusal(call(store), Unavailable)
      await closing
      for (const call of everyCall) await refusal(call(store), Unavailable)
      assert.equal(await valueOf(other, 'order-1'), undefined)
    },
  },
  {
    id: 'S15c',
    title: 'closing twice is closing once, and disposing is closing',
    run: async (world) => {
      const store = await world.open()
      await assert.doesNotReject(Promise.all([store.close(), store.close()]))
      await assert.doesNotReject(store.close())
      await assert.doesNotReject(async () => store[Symbol.asyncDispose]())
      const other = await world.open()
      await other[Symbol.asyncDispose]()
      await refusal(other.load('order-1', undefined), Unavailable)
    },
  },
  {
    id: 'S16',
    title: 'what was acknowledged outlives the crash of the process that wrote it',
    needs: 'durable',
    run: async (world) => {
      const store = await world.open()
      const version = await store.save('order-1', 'paid', absent)
      for (const key of outbox) {
        await store.saveAll([{ key, value: 'to do', expected: absent, pending: true }])
      }
      await world.crash(store)
      const next = await world.open()
      assert.deepEqual(await next.load('order-1', ''), { value: 'paid', version })
      assert.deepEqual(keysOf(await next.pending({ limit: 10 })), outbox)
    },
  },
  {
    id: 'S16b',
    title: 'of a write set that a crash interrupts either all is there or nothing',
    needs: ['durable', 'atomicSets'],
    run: async (world) => {
      const [store, observer] = [await world.open(), await world.open()]
      // Never settles where the crash comes first, so nobody waits for it.
      void Promise.allSettled([writeOutbox(store)])
      const written = async () => (await observer.list('order-1/', { limit: 10 })).length > 0
      await world.until(written, 'a write to be seen')
      await world.crash(store)
      assert.deepEqual(keysOf(await observer.list('order-1/', { limit: 10 })), outbox)
    },
  },
  {
    id: 'S16c',
    title: 'a version that was given before a crash is not given again after it',
    needs: 'durable',
    run: async (world) => {
      const store = await world.open()
      const version = await store.save('order-1', 'first', absent)
      await store.remove('order-1', version)
      await world.crash(store)
      const next = await world.open()
      assert.notEqual(await next.save('order-1', 'second', absent), version)
    },
  },
]
