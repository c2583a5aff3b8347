import { effectOnce, gone, noGhosts, published, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import {
  AddItem,
  emptyOrder,
  ItemAdded,
  ItemRemoved,
  type Order,
  RemoveItem,
} from '@workshop/shared/shop'
import { test } from 'vitest'
import { addItem, removeItem } from './orders.ts'

const endpoints = { orders: [addItem, removeItem] }
const candle = { orderId: 'order-1', item: 'candle' }
const itemsOf = (end: View) => end.entity('order-1', emptyOrder).items

/** How many items the order had at first, and after each of its saves. */
const counts = ({ history }: View) => [
  0,
  ...history.flatMap((event) =>
    event.kind === 'saved' && event.key === 'order-1' ? [(event.value as Order).items.length] : [],
  ),
]
const hasGrown = (end: View) => counts(end).some((count) => count > 0)
const hasShrunk = (end: View) =>
  counts(end).some((count, index, all) => count < (all[index - 1] ?? 0))

test('of two candles she takes out one, although the process crashes', () =>
  explore({
    endpoints,
    instances: 1,
    given: [AddItem(candle), AddItem(candle), RemoveItem(candle)],
    faults: { crashes: 1 },
    finally: (end) => [effectOnce(itemsOf(end), 'candle'), published(end, ItemRemoved, candle)],
  }))

test('what is taken out again was announced as well, although the process crashes', () =>
  explore({
    endpoints,
    given: [AddItem(candle), RemoveItem(candle)],
    faults: { crashes: 1 },
    finally: (end) => [published(end, ItemAdded, candle), published(end, ItemRemoved, candle)],
  }))

test('what she took out stays out, although a copy arrives late', () =>
  explore({
    endpoints,
    clients: {
      ann: async (ann) => {
        await ann.send(AddItem(candle))
        await ann.sees(ItemAdded, candle)
        await ann.send(RemoveItem(candle))
      },
    },
    faults: { lateCopies: 1 },
    finally: (end) => [
      gone<Order>(end, {
        key: 'order-1',
        what: 'candle in order-1',
        shows: ({ items }) => items.includes('candle'),
      }),
    ],
  }))

test('what is announced was saved, although the database fails', () =>
  explore({
    endpoints,
    instances: 1,
    given: [AddItem(candle), RemoveItem(candle)],
    faults: { failedSaves: 3 },
    deadLetters: true,
    finally: (end) => [
      noGhosts(end, ItemAdded, () => hasGrown(end)),
      noGhosts(end, ItemRemoved, () => hasShrunk(end) || itemsOf(end).length === 0),
    ],
  }))
