import { effectOnce, kept, published, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { AddItem, emptyOrder, ItemAdded, type Order } from '@workshop/shared/shop'
import { test } from 'vitest'
import { addItem } from './orders.ts'

const endpoints = { orders: [addItem] }
const porsche = { orderId: 'order-1', item: 'porsche' }
const sledge = { orderId: 'order-1', item: 'sledge' }

const itemsOf = (end: View, orderId: string) => end.entity(orderId, emptyOrder).items

const inOrder = (end: View, { orderId, item }: typeof porsche) =>
  kept<Order>(end, {
    key: orderId,
    what: `the ${item} in ${orderId}`,
    shows: (order) => order.items.includes(item),
  })

test('an item that is ordered is in the order, and is announced', () =>
  explore({
    endpoints,
    given: [AddItem(porsche)],
    finally: (end) => [
      effectOnce(itemsOf(end, 'order-1'), 'porsche'),
      published(end, ItemAdded, porsche),
    ],
  }))

test('a porsche ordered once is in the order once, however often the command arrives', () =>
  explore({
    endpoints,
    given: [AddItem(porsche)],
    faults: { duplicates: 1 },
    finally: (end) => [
      effectOnce(itemsOf(end, 'order-1'), 'porsche'),
      published(end, ItemAdded, porsche),
    ],
  }))

test('two gifts that are ordered at the same moment are both in the order', () =>
  explore({
    endpoints,
    given: [AddItem(porsche), AddItem(sledge)],
    finally: (end) => [inOrder(end, porsche), inOrder(end, sledge)],
  }))

test('two customers who both want a porsche get one each', () =>
  explore({
    endpoints,
    given: [AddItem(porsche), AddItem({ orderId: 'order-2', item: 'porsche' })],
    finally: (end) => [
      effectOnce(itemsOf(end, 'order-1'), 'porsche'),
      effectOnce(itemsOf(end, 'order-2'), 'porsche'),
    ],
  }))
