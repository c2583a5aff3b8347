// Believed: "The order is a list: whose item stands first in it was the first." Fails with: DUPLICATE_EFFECT
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
  const items = order.seen.includes(id) ? order.items : withItem(order, body.item).items
  if (!order.seen.includes(id)) {
    await store.save(body.orderId, { items, seen: [...order.seen, id] }, version)
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  if (items[0] === body.item) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
})
