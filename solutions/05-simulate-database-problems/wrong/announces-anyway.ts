// Believed: "The save will be made good by the retry; what counts is that the message is out." Fails with: GHOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  try {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  } catch (cause) {
    await publish(ItemAdded(body))
    throw cause
  }
  await publish(ItemAdded(body))
})
