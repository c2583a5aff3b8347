// S4 to S7: a write applies only at the version that its writer has seen.

import assert from 'node:assert/strict'
import { absent, Conflict, type Version } from '../store.ts'
import { conflict, increment, neverGiven, times, valueOf } from './parts.ts'
import type { StoreObligation } from './world.ts'

export const versions: readonly StoreObligation[] = [
  {
    id: 'S4',
    title: 'a save at a version that is no longer the current one conflicts and changes nothing',
    run: async (world) => {
      const [one, other] = [await world.open(), await world.open()]
      const stale = await one.save('order-1', 'first', absent)
      const version = await other.save('order-1', 'second', stale)
      await conflict(one.save('order-1', 'late', stale), 'order-1')
      await conflict(one.save('order-1', 'late', absent), 'order-1')
      await conflict(one.save('order-1', 'late', neverGiven), 'order-1')
      await conflict(one.save('order-2', 'late', stale), 'order-2')
      assert.deepEqual(await one.load('order-1', ''), { value: 'second', version })
      assert.equal(await valueOf(one, 'order-2'), undefined)
    },
  },
  {
    id: 'S4b',
    title: 'increments at once, each tried again on a conflict, add up exactly',
    run: async (world) => {
      const { writers = 100 } = world
      const stores = [await world.open(), await world.open()]
      await Promise.all(times(writers, (i) => increment(stores[i % 2]!, 'counter', writers)))
      assert.equal(await valueOf(stores[0]!, 'counter'), writers)
    },
  },
  {
    id: 'S4c',
    title: 'a save resolves with the version that is then loaded',
    run: async (world) => {
      const store = await world.open()
      let version = absent
      for (const value of ['first', 'second', 'third']) {
        await store.save(`bystander-${value}`, value, absent)
        version = await store.save('order-1', value, version)
        assert.deepEqual(await store.load('order-1', ''), { value, version })
      }
    },
  },
  {
    id: 'S5',
    title: 'of many creators of one key one wins, and the others conflict',
    run: async (world) => {
      const { writers = 100 } = world
      const stores = [await world.open(), await world.open()]
      const outcomes = await Promise.allSettled(
        times(writers, (i) => stores[i % 2]!.save('order-1', `creator ${i}`, absent)),
      )
      const winners = outcomes.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []))
      const refused = outcomes.flatMap((o) =>
        o.status === 'rejected' ? [o.reason as unknown] : [],
      )
      assert.equal(winners.length, 1)
      assert.ok(refused.every((error) => error instanceof Conflict && error.key === 'order-1'))
      assert.equal(await valueOf(stores[0]!, 'order-1'), `creator ${winners[0]}`)
    },
  },
  {
    id: 'S6',
    title: 'a key never has a version twice, not even after it was removed',
    run: async (world) => {
      const store = await world.open()
      const seen: Version[] = [absent]
      for (const life of ['first', 'second', 'third']) {
        const born = await store.save('order-1', life, absent)
        const grown = await store.save('order-1', `${life} again`, born)
        for (const old of seen) await conflict(store.save('order-1', 'late', old), 'order-1')
        seen.push(born, grown)
        await store.remove('order-1', grown)
      }
      assert.equal(new Set(seen).size, seen.length)
    },
  },
  {
    id: 'S7',
    title: 'a removal applies only at the current version',
    run: async (world) => {
      const store = await world.open()
      const stale = await store.save('order-1', 'first', absent)
      const version = await store.save('order-1', 'second', stale)
      await conflict(store.remove('order-1', stale), 'order-1')
      await conflict(store.remove('order-1', absent), 'order-1')
      assert.equal(await valueOf(store, 'order-1'), 'second')
      await store.remove('order-1', version)
      assert.deepEqual(await store.load('order-1', ''), { value: '', version: absent })
      await conflict(store.remove('order-1', version), 'order-1')
    },
  },
  {
    id: 'S7b',
    title: 'removing what is absent is no error and leaves no trace',
    run: async (world) => {
      const store = await world.open()
      await assert.doesNotReject(store.remove('order-1', absent))
      await assert.doesNotReject(store.save('order-1', 'created', absent))
    },
  },
]
