// What the monkey is tried on: a handler with a bug that shows when the broker refuses, and one
// whose bug is another. This file is done.

import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

/** Bug: takes its own half-done work for a duplicate. You know it: it was right in 05. */
export const savesFirst = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  await publish(ItemAdded(body))
})

/** Makes ghosts where the database fails, as 05 has shown. A broker that refuses does it no harm:
 *  where it is not announced, it is not saved either. */
export const publishesFirst = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await publish(ItemAdded(body))
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})
