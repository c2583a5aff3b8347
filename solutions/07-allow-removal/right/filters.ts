// Takes out whatever has that name, saves each time, and never asks whether it was there.
import { handler } from '@workshop/shared/pipeline'
import {
  AddItem,
  emptyOrder,
  ItemAdded,
  ItemRemoved,
  RemoveItem,
  withItem,
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
  const items = order.value.items.filter((item) => item !== body.item)
  await store.save(body.orderId, { ...order.value, items }, order.version)
  await publish(ItemRemoved(body))
})
