import { effectOnce, exactlyOne, kept, neverTwo, type View } from '@workshop/shared/check'
import { explore, untilThanked } from '@workshop/shared/explore'
import { type Cart, CheckOut, type Order } from '@workshop/shared/shop'
import { test } from 'vitest'
import { checkOut } from './shop.ts'

const services = { shop: [checkOut] }
const stored = { 'ann/cart': { items: ['porsche'] } }
const clicks = untilThanked(CheckOut({ customer: 'ann' }))
const herOrder = { prefix: 'ann/orders/', what: 'order of ann' }

const ordersOf = (end: View) => end.entities<Order>('ann/orders/').map(({ value }) => value.items)

const inHerCart = (end: View) =>
  kept<Cart>(end, {
    key: 'ann/cart',
    what: 'the id of her order in her cart',
    shows: ({ orderId }) => end.entity(`ann/orders/${orderId}`, undefined) !== undefined,
  })

test('one click makes one order of what is in the cart, and she is thanked', () =>
  explore({
    services,
    stored,
    clients: { ann: clicks },
    finally: (end) => [
      exactlyOne(end, herOrder),
      effectOnce(ordersOf(end), ['porsche']),
      inHerCart(end),
    ],
  }))

test('a click on her phone and a click on her laptop make one order', () =>
  explore({
    services,
    stored,
    clients: { phone: clicks, laptop: clicks },
    always: (now) => [neverTwo(now, herOrder)],
    finally: (end) => [exactlyOne(end, herOrder)],
  }))

test('when the shop crashes, and she clicks until she is thanked, there is one order', () =>
  explore({
    services,
    stored,
    clients: { ann: clicks },
    faults: { crashes: 1 },
    always: (now) => [neverTwo(now, herOrder)],
    finally: (end) => [exactlyOne(end, herOrder)],
  }))
