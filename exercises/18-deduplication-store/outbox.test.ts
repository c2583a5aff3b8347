import { effectOnce } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { handler } from '@workshop/shared/pipeline'
import { ItemAdded } from '@workshop/shared/shop'
import { test } from 'vitest'
import { noGifts } from './orders.ts'
import { outbox } from './outbox.ts'
import { candle, ordered } from './promises.ts'

const onOneProcess = { instances: 1 }

test('an order of 380 bytes has room for nine gifts', () =>
  explore({ ...ordered(9, 380), ...onOneProcess }))

test('a gift is counted once, although two copies of its message meet', () =>
  explore({ ...ordered(1), faults: { duplicates: 1 } }))

test('a gift is counted once, and nothing is left of it, although a lease ends and a process crashes', () =>
  explore({ ...ordered(1), faults: { expiredLeases: 1, crashes: 1 } }))

test('nobody knows whether something was saved or sent, and a gift is counted once', () =>
  explore({ ...ordered(1), ...onOneProcess, faults: { unknown: 1, duplicates: 1 } }))

test('two gifts that are ordered at the same moment are two', () => explore(ordered(2)))

test('two gifts and copies of both are two, although their process crashes', () =>
  explore({ ...ordered(2), ...onOneProcess, faults: { crashes: 1, duplicates: 2 } }))

test('two processes handle two gifts and their copies: a sample', () =>
  explore({
    ...ordered(2),
    faults: { crashes: 1, duplicates: 1 },
    effort: { maxCost: 1, searchSteps: 0, samples: 100 },
  }))

test('an event that two endpoints hear has its effect in both', () => {
  const counts = (key: 'orderId' | 'item') => ({
    handlers: [
      handler(ItemAdded, async ({ body }, { store }) => {
        const { value, version } = await store.load(body[key], noGifts)
        await store.save(body[key], { ...value, count: value.count + 1 }, version)
      }),
    ],
    behaviours: () => [outbox(key)],
  })
  return explore({
    ...ordered(1),
    ...onOneProcess,
    endpoints: { packing: counts('orderId'), shelves: counts('item') },
    given: [ItemAdded(candle)],
    always: () => [],
    finally: (end) => [
      effectOnce([end.entity('order-1', noGifts).count], 1),
      effectOnce([end.entity('candle', noGifts).count], 1),
    ],
  })
})
