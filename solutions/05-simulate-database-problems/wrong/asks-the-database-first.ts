// Believed: "I save something small first: where that works, the order will be saved, too." Fails with: GHOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  const health = await store.load(`health/${id}`, { isWell: false })
  await store.save(`health/${id}`, { isWell: true }, health.version)
  await publish(ItemAdded(body))
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})
