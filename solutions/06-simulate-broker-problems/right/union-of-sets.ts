// Adds to a set and saves it each time, and never asks whether the item was there already.
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  const items = [...new Set([...order.value.items, body.item])]
  await store.save(body.orderId, { ...order.value, items }, order.version)
  await publish(ItemAdded(body))
})
