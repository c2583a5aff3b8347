import { effectOnce, gone, kept, noGhosts, published, type View } from '@workshop/shared/check'
import { explore, type Specification, untilTaken } from '@workshop/shared/explore'
import {
  AddItem,
  emptyOrder,
  ItemAdded,
  ItemRemoved,
  type Order,
  RemoveItem,
} from '@workshop/shared/shop'
import { test } from 'vitest'
import { duplicates } from './duplicates.ts'
import { addItem, removeItem } from './orders.ts'

const endpoints = { orders: [addItem, removeItem] }
const inOrder = (item: string) => ({ orderId: 'order-1', item })

const itemsOf = (end: View) => end.entity('order-1', emptyOrder).items
const effectOf = (item: string) => ({
  key: 'order-1',
  what: `${item} in order-1`,
  shows: ({ items }: Order) => items.includes(item),
})

/** Ann adds `item`, sees that it is in her order, and removes it. A candle is in there, too. One
 *  process reads the queue, one message after the other. */
const removed = (item: string, chaos: Pick<Specification, 'faults' | 'behaviours'>) =>
  explore({
    endpoints,
    stored: { 'order-1': { items: ['candle'] } },
    clients: {
      ann: async (ann) => {
        await untilTaken(ann, AddItem(inOrder(item)))
        await ann.sees(ItemAdded, inOrder(item))
        await untilTaken(ann, RemoveItem(inOrder(item)))
      },
    },
    instances: 1,
    finally: (end: View) => [
      gone(end, effectOf(item)),
      published(end, ItemRemoved, inOrder(item)),
      kept(end, effectOf('candle')),
    ],
    ...chaos,
  })

test('a bell that she removes is gone, though the broker refuses, or nobody knows', () =>
  removed('bell', { faults: { refused: 1, unknown: 1 } }))

test('a porsche that she removes is gone, though your monkey sends messages twice', () =>
  removed('porsche', { faults: { coins: 2 }, behaviours: () => [duplicates()] }))

test('a sledge that she removes is gone, though a save fails, and each message arrives twice', () =>
  removed('sledge', { faults: { failedSaves: 1, duplicates: 2 } }))

test('a globe that cannot be taken out is not announced as removed', () =>
  explore({
    endpoints,
    stored: { 'order-1': { items: ['globe'] } },
    given: [RemoveItem(inOrder('globe'))],
    faults: { failedSaves: 3 },
    deadLetters: true,
    finally: (end) => [noGhosts(end, ItemRemoved, ({ item }) => !itemsOf(end).includes(item))],
  }))

test('two gifts that are removed at the same moment are both gone', () =>
  explore({
    endpoints,
    stored: { 'order-1': { items: ['bell', 'candle', 'sledge'] } },
    given: [RemoveItem(inOrder('bell')), RemoveItem(inOrder('candle'))],
    finally: (end) => [
      gone(end, effectOf('bell')),
      gone(end, effectOf('candle')),
      kept(end, effectOf('sledge')),
    ],
  }))

test('a bell that she removes, and then orders again, is in the order once', () =>
  explore({
    endpoints,
    given: [AddItem(inOrder('bell')), RemoveItem(inOrder('bell')), AddItem(inOrder('bell'))],
    instances: 1,
    faults: { duplicates: 1 },
    finally: (end) => [effectOnce(itemsOf(end), 'bell')],
  }))
