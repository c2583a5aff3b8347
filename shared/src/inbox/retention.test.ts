// When a record goes. What goes wrong in between is explored in outbox/retention.test.ts.

import { expect, test } from 'vitest'
import { addPorsche, counting, fixture } from '../pipeline/fixture.ts'
import { absent, decoratedStore, sqliteStore, type Store } from '../store/index.ts'
import { testDirectory } from '../store/sqlite/testing/directory.ts'
import { ManualWorld, realTime, Unavailable } from '../world/index.ts'
import { counters, inbox, partitionIn, retentionPass, startRetention } from './index.ts'

const retainMs = 1000
const partition = partitionIn('orderId')

async function withStore(act: (store: Store, world: ManualWorld) => Promise<void>): Promise<void> {
  await using own = await testDirectory()
  await using store = sqliteStore(own)
  await act(store, new ManualWorld())
}

const processing = (store: Store, world: ManualWorld) => {
  const { handler, runs } = counting(() => undefined)
  return { ...fixture([handler], { store, world, behaviours: [inbox({ partition })] }), runs }
}

const message = (number: number) => ({ ...addPorsche, id: `click-${number}` as never })

test('a copy that comes before the end of the retention is skipped, and one after it runs', () =>
  withStore(async (store, world) => {
    const meter = counters()
    const { deliver, runs } = processing(store, world)
    const pass = { endpoint: 'orders', store, clock: world.clock, retainMs, meter }
    await deliver(addPorsche)
    await world.advance(retainMs - 1)
    expect(await retentionPass(pass)).toBe(0)
    await deliver(addPorsche)
    expect(runs.count).toBe(1)
    await world.advance(1)
    expect(await retentionPass(pass)).toBe(1)
    expect(meter.total('removed', 'orders')).toBe(1)
    await deliver(addPorsche)
    expect(runs.count).toBe(2)
  }))

test('a record is as old as the attempt that succeeded, and not as the first one', () =>
  withStore(async (store, world) => {
    let isAway = true
    const failing = decoratedStore(store, {
      saveAll: (writes) =>
        isAway ? Promise.reject(new Unavailable('nobody is there')) : store.saveAll(writes),
    })
    const { deliver, runs } = processing(failing, world)
    const pass = { endpoint: 'orders', store, clock: world.clock, retainMs }
    expect(await deliver(addPorsche)).toMatchObject({ kind: 'retry' })
    isAway = false
    await world.advance(500)
    expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
    await world.advance(retainMs - 500)
    expect(await retentionPass(pass)).toBe(0)
    await deliver(addPorsche)
    expect(runs.count).toBe(2)
    await world.advance(500)
    expect(await retentionPass(pass)).toBe(1)
    expect(await store.list('orders.retention/', { limit: 1 })).toEqual([])
  }))

test('a pass looks at a batch, the oldest first, and only at those of its endpoint', () =>
  withStore(async (store, world) => {
    const { deliver } = processing(store, world)
    for (const number of [2, 1, 3]) {
      await deliver(message(number))
      await world.advance(1)
    }
    await store.save('order-1/~inbox/payments/click-9', { atMs: 0, outgoing: null }, absent)
    await world.advance(retainMs)
    const pass = { endpoint: 'orders', store, clock: world.clock, retainMs, batch: 2 }
    expect(await retentionPass(pass)).toBe(2)
    const left = await store.list('order-1/', { limit: 10 })
    expect(left.map(({ key }) => key)).toEqual([
      'order-1/~inbox/orders/click-3',
      'order-1/~inbox/payments/click-9',
    ])
  }))

test('one pass follows the other until it stops', () =>
  withStore(async (store, world) => {
    const { deliver } = processing(store, world)
    await deliver(addPorsche)
    await using _retention = startRetention({ endpoint: 'orders', store, world, retainMs })
    await realTime().until(() => world.sleeping === 1, 'the first pass to be over')
    expect(await store.list('order-1/', { limit: 1 })).toHaveLength(1)
    await world.advance(1000)
    await realTime().until(() => world.sleeping === 1, 'the second pass to be over')
    expect(await store.list('order-1/', { limit: 1 })).toEqual([])
  }))

test('a retention of no time is refused: a record would go before its copies come', () =>
  withStore(async (store, { clock }) => {
    const pass = { endpoint: 'orders', store, clock, retainMs: 0 }
    await expect(retentionPass(pass)).rejects.toThrow('1 ms or more, got 0')
  }))
