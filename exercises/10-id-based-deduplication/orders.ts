import { handler } from '@workshop/shared/pipeline'
import {
  AddItem,
  emptyOrder,
  ItemAdded,
  ItemRemoved,
  type Order,
  RemoveItem,
  withItem,
  withoutItem,
} from '@workshop/shared/shop'

/** An order, and the ids of the messages that it has seen. */
type Remembering = Order & { readonly seen: readonly string[] }

const nothing: Remembering = { ...emptyOrder, seen: [] }

/** Puts an item into an order, once for each message, and says so. */
export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (order.seen.includes(id)) return
  const added = withItem(order, body.item)
  const saved = await store.save(body.orderId, added, version)
  await publish(ItemAdded(body))
  // TODO Between the two saves the order has the item, and does not know why.
  await store.save(body.orderId, { ...added, seen: [...order.seen, id] }, saved)
})

/** Takes an item out of an order, once for each message, and says so. */
export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (order.seen.includes(id)) return
  const removed = withoutItem(order, body.item)
  const saved = await store.save(body.orderId, removed, version)
  await publish(ItemRemoved(body))
  // TODO The same here.
  await store.save(body.orderId, { ...removed, seen: [...order.seen, id] }, saved)
})
