import { effectOnce, kept, noGhosts, published, type View } from '@workshop/shared/check'
import { explore, type Faults } from '@workshop/shared/explore'
import { AddItem, emptyOrder, ItemAdded, type Order } from '@workshop/shared/shop'
import { test } from 'vitest'
import { addItem } from './orders.ts'

const endpoints = { orders: [addItem] }
const inOrder = (item: string) => ({ orderId: 'order-1', item })

const itemsOf = (end: View) => end.entity('order-1', emptyOrder).items

/** One `item` is ordered: it is in the order, once, and the shop has heard of it. */
const addedAndTold = (item: string, faults: Faults) =>
  explore({
    endpoints,
    given: [AddItem(inOrder(item))],
    faults,
    finally: (end) => [effectOnce(itemsOf(end), item), published(end, ItemAdded, inOrder(item))],
  })

test('a bell in the order is announced, though the broker refuses a message', () =>
  addedAndTold('bell', { refused: 1 }))

test('a candle in the order is announced, though nobody knows what has happened', () =>
  addedAndTold('candle', { unknown: 1 }))

test('a sledge in the order is announced, though a process dies', () =>
  addedAndTold('sledge', { crashes: 1 }))

test('a porsche is in the order once, and announced, though its command arrives twice', () =>
  addedAndTold('porsche', { duplicates: 1 }))

test('a globe that is announced is in the order, however often a save fails', () =>
  explore({
    endpoints,
    given: [AddItem(inOrder('globe'))],
    faults: { failedSaves: 3 },
    deadLetters: true,
    finally: (end) => [noGhosts(end, ItemAdded, ({ item }) => itemsOf(end).includes(item))],
    goals: { 'a globe that was never saved': (end) => end.deadLetters.length > 0 },
  }))

test('two gifts that are ordered at the same moment are both in the order', () => {
  const isKept = (end: View, item: string) =>
    kept<Order>(end, {
      key: 'order-1',
      what: `the ${item} in order-1`,
      shows: ({ items }) => items.includes(item),
    })
  return explore({
    endpoints,
    given: [AddItem(inOrder('bell')), AddItem(inOrder('candle'))],
    finally: (end) => [isKept(end, 'bell'), isKept(end, 'candle')],
  })
})
