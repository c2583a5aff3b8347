// Believed: "The announcement may take its time; the command need not wait for it." Fails with: NOT_AWAITED
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (!order.value.items.includes(body.item)) {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  }
  void publish(ItemAdded(body))
})
