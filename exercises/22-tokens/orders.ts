import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, GrantCoupon, type Order, withItem } from '@workshop/shared/shop'

/** An order, and the numbers of the coupons that it has earned. */
export type Rewarded = Order & { readonly coupons: readonly string[] }

export const emptyRewarded: Rewarded = { ...emptyOrder, coupons: [] }

const addAndGrant = (customers: readonly string[]) =>
  handler(AddItem, async ({ body }, { store, send, ids }) => {
    const { value: order, version } = await store.load(body.orderId, emptyRewarded)
    const coupon = `${order.items.length + 1}-${ids.next()}`
    const coupons = [...order.coupons, coupon]
    await store.save(body.orderId, { ...withItem(order, body.item), coupons }, version)
    for (const customer of customers) await send(GrantCoupon({ customer, reason: coupon }))
  })

/** Puts an item into an order, and grants a coupon for it, whose number is drawn in each run. */
export const addItem = addAndGrant(['ann'])

/** The same, with a coupon for who orders and one for who gets the gift. */
export const addGenerously = addAndGrant(['ann', 'ben'])
