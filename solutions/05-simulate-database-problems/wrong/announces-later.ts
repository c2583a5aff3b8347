// Believed: "The event is held back for a minute; by then the order is saved." Fails with: GHOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await publish(ItemAdded(body), { delayMs: 60_000 })
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})
