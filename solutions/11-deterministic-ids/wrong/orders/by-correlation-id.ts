// Believed: "The correlation id is the same at each attempt: I derive mine from it." Fails with: LOST_MESSAGE
import { messageId } from '@workshop/shared/message'
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
import { outgoingId } from './outgoing-id.ts'

/** An order, and the ids of the messages that it has seen. */
type Remembering = Order & { readonly seen: readonly string[] }

const nothing: Remembering = { ...emptyOrder, seen: [] }

/** Puts an item into an order, once for each message, and says so. */
export const addItem = handler(AddItem, async ({ id, body, headers }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const added = withItem(order, body.item)
    await store.save(body.orderId, { ...added, seen: [...order.seen, id] }, version)
  }
  await publish(
    ItemAdded(body, { id: outgoingId(messageId(headers.correlationId ?? id), 'orders', 'added') }),
  )
})

/** Takes an item out of an order, once for each message, and says so. */
export const removeItem = handler(RemoveItem, async ({ id, body, headers }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const removed = withoutItem(order, body.item)
    await store.save(body.orderId, { ...removed, seen: [...order.seen, id] }, version)
  }
  await publish(
    ItemRemoved(body, {
      id: outgoingId(messageId(headers.correlationId ?? id), 'orders', 'removed'),
    }),
  )
})
