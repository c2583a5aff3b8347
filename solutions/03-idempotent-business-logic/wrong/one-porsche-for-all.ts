// Believed: "Each item can be sold once; I keep one list of what is taken." Fails with: NOTHING_HAPPENED
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const taken = await store.load('taken', emptyOrder)
  if (taken.value.items.includes(body.item)) return
  const order = await store.load(body.orderId, emptyOrder)
  await publish(ItemAdded(body))
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  await store.save('taken', withItem(taken.value, body.item), taken.version)
})
