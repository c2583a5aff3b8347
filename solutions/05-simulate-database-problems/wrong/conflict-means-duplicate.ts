// Believed: "Whatever the save says: if it did not work, somebody else has done it." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'
import { Conflict } from '@workshop/shared/store'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  try {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  } catch (cause) {
    if (cause instanceof Conflict) return
    throw cause
  }
  await publish(ItemAdded(body))
})
