// Believed: "To announce each time, I leave out the question, and do everything each time." Fails with: DUPLICATE_EFFECT
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  await publish(ItemAdded(body))
})
