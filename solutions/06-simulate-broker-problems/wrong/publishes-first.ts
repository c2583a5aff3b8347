// Believed: "Then the publish has to come first again, as it did in 03." Fails with: GHOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await publish(ItemAdded(body))
  if (order.value.items.includes(body.item)) return
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})
