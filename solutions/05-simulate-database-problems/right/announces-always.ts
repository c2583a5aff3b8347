// Saves only what is new, and announces every time: a copy repeats the event, as any event may be.
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (!order.value.items.includes(body.item)) {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  }
  await publish(ItemAdded(body))
})
