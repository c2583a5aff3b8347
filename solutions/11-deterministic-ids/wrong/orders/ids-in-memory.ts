// Believed: "I keep the id in a Map: at the second attempt it is still there." Fails with: HIDDEN_STATE
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
import { type MessageId, messageId } from '@workshop/shared/message'

const known = new Map<string, MessageId>()
/** The id that was made for `key` when it was first asked for. */
const same = (key: string, fresh: () => MessageId) => {
  const id = known.get(key) ?? fresh()
  known.set(key, id)
  return id
}

/** An order, and the ids of the messages that it has seen. */
type Remembering = Order & { readonly seen: readonly string[] }

const nothing: Remembering = { ...emptyOrder, seen: [] }

/** Puts an item into an order, once for each message, and says so. */
export const addItem = handler(AddItem, async ({ id, body }, { store, publish, ids }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const added = withItem(order, body.item)
    await store.save(body.orderId, { ...added, seen: [...order.seen, id] }, version)
  }
  await publish(ItemAdded(body, { id: same(`${id}/added`, () => messageId(ids.next())) }))
})

/** Takes an item out of an order, once for each message, and says so. */
export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish, ids }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const removed = withoutItem(order, body.item)
    await store.save(body.orderId, { ...removed, seen: [...order.seen, id] }, version)
  }
  await publish(ItemRemoved(body, { id: same(`${id}/removed`, () => messageId(ids.next())) }))
})
