import { effectOnce, effectTimes, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { header } from '@workshop/shared/message'
import type { Behaviour } from '@workshop/shared/pipeline'
import {
  AddItem,
  GrantCoupon,
  ItemAdded,
  ItemRemoved,
  OrderPlaced,
  RemoveItem,
} from '@workshop/shared/shop'
import { test } from 'vitest'
import { grantCoupon } from './coupons.ts'
import { rewardOrder } from './marketing.ts'
import { addItem, removeItem } from './orders.ts'

const candle = { orderId: 'order-1', item: 'candle' }
/** What she clicks in one visit has one correlation id. */
const visit = { headers: { correlationId: 'visit-1' } }

/** The types of the messages that somebody hears who remembers ids, and hears each id once. What
 *  has the id of its cause is unheard: that id was heard with the cause. */
const heardIn = (end: View) => {
  const byId = new Map<string, string>()
  for (const event of end.history) {
    if (event.kind !== 'published') continue
    const { id, type, headers } = event.message
    if (id !== headers[header.causationId]) byId.set(id, type)
  }
  return [...byId.values()]
}

/** Lets time go on before each attempt. */
const takesTime: Behaviour = {
  incoming: async ({ sleep, signal }, next) => {
    await sleep(10, signal)
    await next()
  },
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

test('what is sent again is the same message, although it is later by then', () =>
  explore({
    endpoints: { orders: [addItem], marketing: [rewardOrder], coupons: [grantCoupon] },
    instances: { orders: 1, marketing: 1, coupons: 0 },
    behaviours: () => [takesTime],
    given: [AddItem(candle), OrderPlaced({ orderId: 'order-1', customer: 'ann' })],
    faults: { crashes: 1 },
    finally: (end) => [
      effectOnce(heardIn(end), ItemAdded.type),
      effectTimes(heardIn(end), GrantCoupon.type, 2),
    ],
  }))
