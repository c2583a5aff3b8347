// Believed: "The id of a message is small: a Set in memory is the fastest." Fails with: HIDDEN_STATE
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

const seen = new Set<string>()

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (!seen.has(id)) {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
    seen.add(id)
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (!seen.has(id)) {
    await store.save(body.orderId, withoutItem(order.value, body.item), order.version)
    seen.add(id)
  }
  await publish(ItemRemoved(body))
})
