// Believed: "Where nothing was removed, there is nothing to announce." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import {
  AddItem,
  emptyOrder,
  ItemAdded,
  ItemRemoved,
  RemoveItem,
  withItem,
  withoutItem,
} from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (!order.value.items.includes(body.item)) {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (!order.value.items.includes(body.item)) return
  await store.save(body.orderId, withoutItem(order.value, body.item), order.version)
  await publish(ItemRemoved(body))
})
