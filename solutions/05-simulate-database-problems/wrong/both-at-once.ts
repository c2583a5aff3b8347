// Believed: "If both start at the same moment, neither is first." Fails with: GHOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await Promise.all([
    store.save(body.orderId, withItem(order.value, body.item), order.version),
    publish(ItemAdded(body)),
  ])
})
