// Believed: "From the second attempt on, I cannot know whether it is announced, so I announce it." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish, attempt }) => {
  const order = await store.load(body.orderId, emptyOrder)
  const isNew = !order.value.items.includes(body.item)
  if (isNew) await store.save(body.orderId, withItem(order.value, body.item), order.version)
  if (isNew || attempt > 1) await publish(ItemAdded(body))
})
