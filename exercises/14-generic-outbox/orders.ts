import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, GrantCoupon, ItemAdded, withItem } from '@workshop/shared/shop'

/** Puts an item into an order, and says how many there are now. The first earns a coupon. */
export const addItem = handler(AddItem, async ({ body }, { store, publish, send }) => {
  const order = await store.load(body.orderId, emptyOrder)
  const { items } = withItem(order.value, body.item)
  await store.save(body.orderId, { ...order.value, items }, order.version)
  await publish(ItemAdded({ ...body, total: items.length }))
  if (items.length === 1) await send(GrantCoupon({ customer: 'ann', reason: body.item }))
})
