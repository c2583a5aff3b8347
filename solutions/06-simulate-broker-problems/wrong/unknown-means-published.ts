// Believed: "Only a refusal has to be repeated; after a timeout the message is out." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'
import { Unknown } from '@workshop/shared/world'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (!order.value.items.includes(body.item)) {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  }
  try {
    await publish(ItemAdded(body))
  } catch (error) {
    if (!(error instanceof Unknown)) throw error
  }
})
