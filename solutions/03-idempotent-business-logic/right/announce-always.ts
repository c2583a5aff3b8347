// Saves only what is new, and announces every time: the event may be repeated, as any event may.
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const { value, version } = await store.load(body.orderId, emptyOrder)
  if (!value.items.includes(body.item)) {
    await store.save(body.orderId, withItem(value, body.item), version)
  }
  await publish(ItemAdded(body))
})
