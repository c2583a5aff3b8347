// Believed: "The event may leave while the save is under way." Fails with: NOT_AWAITED
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  void publish(ItemAdded(body))
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})
