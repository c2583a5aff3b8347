// Believed: "With finally the announcement is safe, whatever happens." Fails with: GHOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  try {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  } finally {
    await publish(ItemAdded(body))
  }
})
