// Believed: "When the publish fails, I take the item out again, and the next attempt finds a clean order." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  const added = withItem(order.value, body.item)
  const version = await store.save(body.orderId, added, order.version)
  try {
    await publish(ItemAdded(body))
  } catch (error) {
    await store.save(body.orderId, order.value, version)
    throw error
  }
})
