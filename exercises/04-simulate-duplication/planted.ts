// What the monkey is tried on: two handlers with a bug that shows when a message arrives twice, and
// two without. This file is done.

import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, type Order, withItem } from '@workshop/shared/shop'

type Remembering = Order & { readonly seen: readonly string[] }
const nothingSeen: Remembering = { ...emptyOrder, seen: [] }

/** Bug: puts the item into the order each time that it is told to. */
export const addsEachTime = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await publish(ItemAdded(body))
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})

/** Correct: remembers which messages it has seen, by their ids, and where it keeps the order. */
export const remembersIds = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothingSeen)
  if (order.seen.includes(id)) return
  await publish(ItemAdded(body))
  const seen = [...order.seen, id]
  await store.save(body.orderId, { ...withItem(order, body.item), seen }, version)
})

/** Bug: packs a gift each time that it is announced. */
export const packsEachTime = handler(ItemAdded, async ({ body }, { store }) => {
  const parcel = await store.load(`parcels/${body.orderId}`, emptyOrder)
  await store.save(`parcels/${body.orderId}`, withItem(parcel.value, body.item), parcel.version)
})

/** Correct: packs a gift unless it is in the parcel. */
export const packsOnce = handler(ItemAdded, async ({ body }, { store }) => {
  const parcel = await store.load(`parcels/${body.orderId}`, emptyOrder)
  if (parcel.value.items.includes(body.item)) return
  await store.save(`parcels/${body.orderId}`, withItem(parcel.value, body.item), parcel.version)
})
