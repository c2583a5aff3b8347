// What the monkey is tried on: a handler with a bug that shows when a save fails for good, and one
// without. This file is done.

import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

/** Bug: announces what may never be saved. */
export const announcesTooEarly = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await publish(ItemAdded(body))
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})

/** Correct: announces nothing at all. */
export const savesQuietly = handler(AddItem, async ({ body }, { store }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})
