// Stores nothing more: the ids stand in the order in which they were saved, for ever, so that whose
// id stands first was the first. That works for this decision, and not for what has a content.
import { handler } from '@workshop/shared/pipeline'
import {
  AddItem,
  emptyOrder,
  FirstItemAdded,
  ItemAdded,
  type Order,
  withItem,
} from '@workshop/shared/shop'
import { outgoingId } from './outgoing-id.ts'

type Remembering = Order & { readonly seen: readonly string[] }
const nothing: Remembering = { ...emptyOrder, seen: [] }

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  const seen = order.seen.includes(id) ? order.seen : [...order.seen, id]
  if (seen !== order.seen) {
    await store.save(body.orderId, { ...withItem(order, body.item), seen }, version)
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  if (seen[0] === id) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
})
