// Believed: "I announce what is in the order: what is gone by now is no news." Fails with: LOST_MESSAGE
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
  if (!order.seen.includes(id)) {
    const added = withItem(order, body.item)
    await store.save(body.orderId, { ...added, seen: [...order.seen, id] }, version)
  } else if (!order.items.includes(body.item)) {
    return
  }
  await publish(ItemAdded(body))
})

/** Takes an item out of an order, once for each message, and says so. */
export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const removed = withoutItem(order, body.item)
    await store.save(body.orderId, { ...removed, seen: [...order.seen, id] }, version)
  }
  await publish(ItemRemoved(body))
})
