// Believed: "Ids are no part of an order: I keep them beside it." Fails with: DUPLICATE_EFFECT
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

type Ids = { readonly seen: readonly string[] }
const nobody: Ids = { seen: [] }

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const ids = await store.load(`${body.orderId}/seen`, nobody)
  if (!ids.value.seen.includes(id)) {
    const order = await store.load(body.orderId, emptyOrder)
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
    await store.save(`${body.orderId}/seen`, { seen: [...ids.value.seen, id] }, ids.version)
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish }) => {
  const ids = await store.load(`${body.orderId}/seen`, nobody)
  if (!ids.value.seen.includes(id)) {
    const order = await store.load(body.orderId, emptyOrder)
    await store.save(body.orderId, withoutItem(order.value, body.item), order.version)
    await store.save(`${body.orderId}/seen`, { seen: [...ids.value.seen, id] }, ids.version)
  }
  await publish(ItemRemoved(body))
})
