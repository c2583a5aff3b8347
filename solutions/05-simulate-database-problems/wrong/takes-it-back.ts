// Believed: "If the save fails, a second event takes the first one back." Fails with: GHOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, ItemRemoved, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await publish(ItemAdded(body))
  try {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  } catch (cause) {
    await publish(ItemRemoved(body))
    throw cause
  }
})
