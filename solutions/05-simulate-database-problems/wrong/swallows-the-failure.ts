// Believed: "When the database is down, there is nothing to be done here." Fails with: NOTHING_HAPPENED
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  try {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  } catch {
    return
  }
  await publish(ItemAdded(body))
})
