// The test of another exercise that nobody solves, for a store with limits, stale reads and expiry,
// and for what takes long.

import { explore, longRun } from '@workshop/shared/explore'
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, withItem } from '@workshop/shared/shop'
import { test } from 'vitest'

const addItem = handler(AddItem, async ({ body }, { store }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})

test('an order is too large', () =>
  explore({
    endpoints: { orders: [addItem] },
    given: [AddItem({ orderId: 'order-1', item: 'porsche' })],
    faults: { staleReads: 1 },
    store: {
      limits: { maxValueBytes: 10 },
      expiry: { mode: 'vanishes', lifetimeMs: () => undefined },
    },
    finally: () => [],
  }))

test('an order is small enough', () =>
  explore({
    endpoints: { orders: [addItem] },
    given: [AddItem({ orderId: 'order-1', item: 'porsche' })],
    faults: { staleReads: 1 },
    store: {
      limits: { maxValueBytes: 100 },
      expiry: { mode: 'vanishes', lifetimeMs: () => undefined },
    },
    finally: () => [],
  }))

test('a long run', () =>
  longRun(
    { endpoints: { orders: [addItem] }, finally: () => [] },
    { messages: 10, message: () => AddItem({ orderId: 'order-1', item: 'porsche' }) },
  ))

test('what lasts a day', () =>
  explore({
    endpoints: { orders: [addItem] },
    given: [AddItem({ orderId: 'order-1', item: 'porsche' })],
    lastsMs: 86_400_000,
    finally: () => [],
  }))

test('what lasts no longer than anybody waits', () =>
  explore({
    endpoints: { orders: [addItem] },
    given: [AddItem({ orderId: 'order-1', item: 'porsche' })],
    store: { limits: { maxValueBytes: 10 } },
    lastsMs: 10_000,
    finally: () => [],
  }))
