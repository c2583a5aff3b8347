// Believed: "What has to happen in any case stands in a finally block." Fails with: GHOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  try {
    if (order.value.items.includes(body.item)) return
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  } finally {
    await publish(ItemAdded(body))
  }
})
