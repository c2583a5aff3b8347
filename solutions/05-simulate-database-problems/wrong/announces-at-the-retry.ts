// Believed: "The first attempt may fail, so I announce from the second one on." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish, attempt }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  if (attempt > 1) await publish(ItemAdded(body))
})
