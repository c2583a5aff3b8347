import { handler } from '@workshop/shared/pipeline'
import {
  AddItem,
  CouponGranted,
  emptyOrder,
  ItemAdded,
  type Order,
  withItem,
} from '@workshop/shared/shop'

/** An order, and the numbers of the coupons that it has earned. */
export type Rewarded = Order & { readonly coupons: readonly string[] }

export const emptyRewarded: Rewarded = { ...emptyOrder, coupons: [] }

/** Puts an item into an order, and grants a coupon for it, whose number is drawn in each run. */
export const addItem = handler(AddItem, async ({ body }, { store, publish, ids }) => {
  const { value: order, version } = await store.load(body.orderId, emptyRewarded)
  const total = order.items.length + 1
  const coupon = `${total}-${ids.next()}`
  const coupons = [...order.coupons, coupon]
  await store.save(body.orderId, { ...withItem(order, body.item), coupons }, version)
  await publish(ItemAdded({ ...body, total }))
  await publish(CouponGranted({ customer: 'ann', reason: coupon }))
})
