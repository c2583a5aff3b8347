import { effectOnce, effectTimes, kept, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { AddItem, ItemAdded, ItemRemoved, OrderPlaced, RemoveItem } from '@workshop/shared/shop'
import { test } from 'vitest'
import { emptyWallet, grantCoupon } from './coupons.ts'
import { rewardOrder } from './marketing.ts'
import { addItem, removeItem } from './orders.ts'
import { thankForPatience } from './warehouse.ts'

const marketing = { marketing: [rewardOrder], coupons: [grantCoupon] }
const everybody = { ...marketing, warehouse: [thankForPatience] }

const candle = { orderId: 'order-1', item: 'candle' }
/** What she clicks in one visit has one correlation id. */
const visit = { headers: { correlationId: 'visit-1' } }
const placed = (orderId: string) => OrderPlaced({ orderId, customer: 'ann' }, visit)
const couponsOf = (end: View) => end.entity('ann/coupons', emptyWallet).coupons

/** Each coupon is in her wallet, and as often as there were orders. */
const inWallet = (end: View, orders: number) =>
  ['thanks', 'christmas'].flatMap((reason) => [
    kept(end, {
      key: 'ann/coupons',
      what: `a ${reason} coupon of ann`,
      shows: ({ coupons }: typeof emptyWallet) => coupons.includes(reason),
    }),
    effectTimes(couponsOf(end), reason, orders),
  ])

/** The types of the events that somebody hears who remembers ids, and hears each id once. */
const heardIn = (end: View) => {
  const byId = new Map<string, string>()
  for (const event of end.history) {
    if (event.kind === 'published') byId.set(event.message.id, event.message.type)
  }
  return [...byId.values()]
}

test('who remembers ids hears of two candles as two, although the process crashes', () =>
  explore({
    endpoints: { orders: [addItem, removeItem] },
    instances: 1,
    given: [AddItem(candle, visit), AddItem(candle, visit), RemoveItem(candle, visit)],
    faults: { crashes: 1 },
    finally: (end) => [
      effectTimes(heardIn(end), ItemAdded.type, 2),
      effectOnce(heardIn(end), ItemRemoved.type),
    ],
  }))

test('she gets each coupon of an order once, although a process crashes', () =>
  explore({
    endpoints: marketing,
    instances: 1,
    given: [placed('order-1')],
    faults: { crashes: 1 },
    finally: (end) => inWallet(end, 1),
  }))

test('she gets the coupons of two orders', () =>
  explore({
    endpoints: marketing,
    instances: 1,
    given: [placed('order-1'), placed('order-2')],
    finally: (end) => inWallet(end, 2),
  }))

test('she is thanked by marketing and by the warehouse', () =>
  explore({
    endpoints: everybody,
    instances: 1,
    given: [placed('order-1')],
    finally: (end) => [effectTimes(couponsOf(end), 'thanks', 2)],
  }))
