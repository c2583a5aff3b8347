import { effectOnce, effectTimes, kept, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { OrderPlaced } from '@workshop/shared/shop'
import { test } from 'vitest'
import { emptyWallet, grantCoupon } from './coupons.ts'
import { rewardOrder } from './marketing.ts'
import { thankForPatience } from './warehouse.ts'

const marketing = { marketing: [rewardOrder], coupons: [grantCoupon] }
const everybody = { ...marketing, warehouse: [thankForPatience] }

/** What she orders in one visit has one correlation id. */
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

test('she is thanked by the warehouse once, although a process crashes', () =>
  explore({
    endpoints: { warehouse: [thankForPatience], coupons: [grantCoupon] },
    instances: 1,
    given: [placed('order-1')],
    faults: { crashes: 1 },
    finally: (end) => [effectOnce(couponsOf(end), 'thanks')],
  }))

test('she is thanked by marketing and by the warehouse', () =>
  explore({
    endpoints: everybody,
    instances: 1,
    given: [placed('order-1')],
    finally: (end) => [effectTimes(couponsOf(end), 'thanks', 2)],
  }))
