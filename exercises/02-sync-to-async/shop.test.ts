import { exactlyOne, honoured, noGhosts, oneBody, type View } from '@workshop/shared/check'
import { explore, once, untilThanked } from '@workshop/shared/explore'
import { AddToCart, CheckOut, emptyCart, SubmitOrder } from '@workshop/shared/shop'
import { test } from 'vitest'
import { submitOrder } from './orders.ts'
import { addToCart, checkOut } from './shop.ts'

const stage = {
  services: { shop: [checkOut, addToCart] },
  endpoints: { orders: [submitOrder] },
  stored: { 'ann/cart': { items: ['porsche'] } },
}
/** What counts is what is sent to `orders`, which is closed today. */
const whileClosed = { ...stage, instances: { orders: 0 } }

const clicks = untilThanked(CheckOut({ customer: 'ann' }))
const addsSledge = once(AddToCart({ customer: 'ann', item: 'sledge' }))

const knownTo = (end: View) => end.entity('ann/cart', emptyCart).orderId
const isSent = (end: View, item: string) =>
  end.published(SubmitOrder).some(({ items }) => items.includes(item))

test('lost: when the shop crashes, and she clicks until she is thanked, there is one order', () =>
  explore({
    ...stage,
    clients: { ann: clicks },
    faults: { crashes: 1, refused: 1 },
    finally: (end) => [exactlyOne(end, { prefix: 'orders/', what: 'order of ann' })],
  }))

test('ghost: no order is sent but the one that her cart knows of, whatever she adds to it', () =>
  explore({
    ...whileClosed,
    clients: { phone: clicks, laptop: addsSledge },
    finally: (end) => [
      noGhosts(end, SubmitOrder, ({ orderId }) => orderId === knownTo(end)),
      honoured(end, CheckOut, () => isSent(end, 'porsche')),
    ],
  }))

test('frozen: what is sent again is what was sent before, whatever she adds in between', () =>
  explore({
    ...whileClosed,
    clients: { phone: clicks, laptop: addsSledge },
    faults: { crashes: 1 },
    finally: (end) => [oneBody(end, SubmitOrder, ({ orderId }) => orderId)],
  }))

test('thanked: a gift that she was thanked for is in the order', () =>
  explore({
    ...whileClosed,
    clients: { phone: clicks, laptop: addsSledge },
    finally: (end) => [honoured(end, AddToCart, ({ item }) => isSent(end, item))],
    goals: { 'a sledge in the order': (end) => isSent(end, 'sledge') },
  }))
