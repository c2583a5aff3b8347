import {
  effectOnce,
  effectTimes,
  gone,
  noGhosts,
  publishedFor,
  type View,
} from '@workshop/shared/check'
import { explore, untilTaken } from '@workshop/shared/explore'
import { AddItem, emptyOrder, ItemAdded, type Order, RemoveItem } from '@workshop/shared/shop'
import { test } from 'vitest'
import { addItem, removeItem } from './orders.ts'

const endpoints = { orders: [addItem, removeItem] }
const candle = { orderId: 'order-1', item: 'candle' }
/** Two clicks of one visit, which is what correlates them. */
const inVisit = (id: string) => ({ id, headers: { correlationId: 'visit-1' } })
const itemsOf = (end: View) => end.entity('order-1', emptyOrder).items

test('a candle ordered once is in the order once, although the process crashes', () =>
  explore({
    endpoints,
    given: [AddItem(candle, { id: 'first' })],
    faults: { crashes: 1 },
    finally: (end) => [effectOnce(itemsOf(end), 'candle'), publishedFor(end, ItemAdded, 'first')],
  }))
