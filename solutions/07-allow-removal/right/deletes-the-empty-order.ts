// Deletes an order once it is empty. A version is never used again, so a copy cannot be mistaken.
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
  const rest = withoutItem(order.value, body.item)
  if (order.value.items.includes(body.item)) {
    if (rest.items.length === 0) await store.remove(body.orderId, order.version)
    else await store.save(body.orderId, rest, order.version)
  }
  await publish(ItemRemoved(body))
})
