// Believed: "What is not announced cannot be a ghost." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})
