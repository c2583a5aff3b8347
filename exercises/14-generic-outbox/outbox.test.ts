import {
  effectOnce,
  effectTimes,
  nothingLeftIn,
  published,
  publishedFor,
  sameContent,
  type View,
} from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, GrantCoupon, ItemAdded } from '@workshop/shared/shop'
import { test } from 'vitest'
import { emptyWallet, grantCoupon } from './coupons.ts'
import { addItem } from './orders.ts'
import { outbox } from './outbox.ts'

const candle = { orderId: 'order-1', item: 'candle' }
const orders = { handlers: [addItem], behaviours: () => [outbox('orderId')] }
const coupons = { handlers: [grantCoupon], behaviours: () => [outbox('customer')] }

const shop = { endpoints: { orders, coupons }, instances: 1, given: [AddItem(candle)] }
/** One process that handles two messages at once; what it sends to `coupons` waits there. */
const busy = { ...shop, instances: { orders: 1, coupons: 0 }, prefetch: 2 }

const candles = (end: View, wanted: number) =>
  effectTimes(end.entity('order-1', emptyOrder).items, 'candle', wanted)
const oneCoupon = (end: View) => effectOnce(end.entity('ann', emptyWallet).coupons, 'candle')

/** As many announcements as that for somebody who remembers ids, and hears each id once. */
const announced = (end: View, wanted: number) => {
  const heard = end.history.flatMap((event) => (event.kind === 'published' ? [event.message] : []))
  const byId = new Map(heard.map(({ id, type }) => [id, type]))
  return effectTimes([...byId.values()], ItemAdded.type, wanted)
}

/** Whatever is stored, and however: no message waits in it any more. */
const allDispatched = (end: View) =>
  nothingLeftIn(end, 'order-1', (value) =>
    ['ItemAdded', 'GrantCoupon'].filter((type) => JSON.stringify(value).includes(`"${type}"`)),
  )

test('a candle ordered once is in the order once, though its handler remembers nothing', () =>
  explore({ ...busy, faults: { duplicates: 1 }, finally: (end) => [candles(end, 1)] }))

test('whatever crashes, all that one run has sent is sent, and nothing is left waiting', () =>
  explore({
    ...busy,
    faults: { crashes: 1, unknown: 1 },
    finally: (end) => [
      candles(end, 1),
      published(end, ItemAdded, { ...candle, total: 1 }),
      publishedFor(end, GrantCoupon, 'given-1'),
      sameContent(end),
      allDispatched(end),
    ],
  }))

test('two candles ordered at the same moment are two, and each is announced as itself', () =>
  explore({
    ...busy,
    stored: { 'order-1': { items: ['bell'] } },
    given: [AddItem(candle), AddItem(candle)],
    finally: (end) => [
      candles(end, 2),
      publishedFor(end, ItemAdded, 'given-1'),
      publishedFor(end, ItemAdded, 'given-2'),
      published(end, ItemAdded, { ...candle, total: 2 }),
      published(end, ItemAdded, { ...candle, total: 3 }),
      announced(end, 2),
      allDispatched(end),
    ],
  }))

test('a first gift earns one coupon, through two endpoints and a crash of either', () =>
  explore({ ...shop, faults: { crashes: 1 }, finally: (end) => [oneCoupon(end)] }))

test('a handler that fails after it has sent something has sent nothing', () => {
  const stumbles = handler(AddItem, async (message, context) => {
    await addItem.handle(message, context)
    await addItem.handle(message, context) // It sees what the first step has saved.
    if (context.coin('stumbles')) throw new Error('it stumbled')
  })
  return explore({
    ...shop,
    endpoints: { orders: { ...orders, handlers: [stumbles] }, coupons },
    finally: (end) => [candles(end, 2), oneCoupon(end)],
  })
})
