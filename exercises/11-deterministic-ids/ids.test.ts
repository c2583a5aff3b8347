import { effectOnce, effectTimes, sameContent, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { AddItem, ItemAdded, OrderPlaced } from '@workshop/shared/shop'
import { test } from 'vitest'
import { emptyWallet, grantCoupon } from './coupons.ts'
import { rewardOrder } from './marketing.ts'
import { addItem } from './orders.ts'
import { thankForPatience } from './warehouse.ts'

const marketing = { marketing: [rewardOrder], coupons: [grantCoupon] }
const everybody = { ...marketing, warehouse: [thankForPatience] }
const candle = { orderId: 'order-1', item: 'candle' }
const placed = OrderPlaced({ orderId: 'order-1', customer: 'ann' })
const couponsOf = (end: View) => end.entity('ann/coupons', emptyWallet).coupons

/** The items that somebody hears of who remembers ids, and hears each id once. */
const heardOf = (end: View) => {
  const items = new Map<string, string>()
  for (const event of end.history) {
    if (event.kind !== 'published' || event.message.type !== ItemAdded.type) continue
    items.set(event.message.id, 'candle')
  }
  return [...items.values()]
}

test('two candles are announced as two, although the process crashes', () =>
  explore({
    endpoints: { orders: [addItem] },
    given: [AddItem(candle, { id: 'first' }), AddItem(candle, { id: 'second' })],
    faults: { crashes: 1 },
    finally: (end) => [effectTimes(heardOf(end), 'candle', 2)],
  }))

test('she gets each coupon once, although a process crashes', () =>
  explore({
    endpoints: marketing,
    given: [placed],
    faults: { crashes: 1 },
    finally: (end) => [
      effectOnce(couponsOf(end), 'thanks'),
      effectOnce(couponsOf(end), 'christmas'),
    ],
  }))

test('all', () =>
  explore({
    endpoints: everybody,
    given: [placed],
    instances: 1,
    faults: { crashes: 1 },
    finally: (end) => [
      effectTimes(couponsOf(end), 'thanks', 2),
      effectOnce(couponsOf(end), 'christmas'),
    ],
  }))
