// Believed: "Before the save the order is as I found it: that is the moment to tell who is first." Fails with: ALTERNATIVE_WORLDS
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
  if (order.items.length === 0) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
  if (!order.seen.includes(id)) {
    const next = { ...withItem(order, body.item), seen: [...order.seen, id] }
    await store.save(body.orderId, next, version)
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
})
