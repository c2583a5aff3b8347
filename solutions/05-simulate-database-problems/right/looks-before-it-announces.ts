// Trusts nothing but what it reads: announces what it finds in the order after the save.
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  const saved = await store.load(body.orderId, emptyOrder)
  if (saved.value.items.includes(body.item)) await publish(ItemAdded(body))
})
