// Believed: "A conflict means that a copy of the command was faster." Fails with: NOTHING_HAPPENED
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

import { Conflict } from '@workshop/shared/store'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (!order.value.items.includes(body.item)) {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  try {
    await store.save(body.orderId, withoutItem(order.value, body.item), order.version)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
  }
  await publish(ItemRemoved(body))
})
