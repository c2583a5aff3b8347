import { effectOnce, effectTimes, published, publishedFor, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { AddItem, emptyOrder, ItemAdded, RemoveItem } from '@workshop/shared/shop'
import { test } from 'vitest'
import { addItem, removeItem } from './orders.ts'

const endpoints = { orders: [addItem, removeItem] }
const candle = { orderId: 'order-1', item: 'candle' }
const itemsOf = (end: View) => end.entity('order-1', emptyOrder).items

/** What she clicks in one visit has one correlation id; each click is a message of its own. */
const headers = { correlationId: 'visit-1' }
const clicks = ['click-1', 'click-2']
const twoCandles = clicks.map((id) => AddItem(candle, { id, headers }))

const oneCandle = {
  endpoints,
  given: [AddItem(candle)],
  finally: (end: View) => [effectOnce(itemsOf(end), 'candle'), published(end, ItemAdded, candle)],
}

test('a candle ordered once is in the order once, although the process crashes', () =>
  explore({ ...oneCandle, faults: { crashes: 1 } }))

test('a candle ordered once is in the order once, although its lease expires meanwhile', () =>
  explore({ ...oneCandle, faults: { expiredLeases: 1 } }))

test('two candles are two, and each is announced, although the process crashes', () =>
  explore({
    endpoints,
    given: twoCandles,
    faults: { crashes: 1 },
    finally: (end) => [
      effectTimes(itemsOf(end), 'candle', 2),
      ...clicks.map((click) => publishedFor(end, ItemAdded, click)),
    ],
  }))

test('two candles are two, whatever arrives once more, and late', () =>
  explore({
    endpoints,
    instances: 1,
    given: [RemoveItem(candle), ...twoCandles],
    faults: { lateCopies: 1 },
    finally: (end) => [effectTimes(itemsOf(end), 'candle', 2)],
  }))
