// Believed: "The decision is stored; what I announce, I look up in the order." Fails with: LOST_MESSAGE
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

type Decision = { readonly isFirst: boolean }
type Remembering = Order & { readonly seen: Readonly<Record<string, Decision>> }
const nothing: Remembering = { ...emptyOrder, seen: {} }

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  const others = Object.keys(order.seen).filter((other) => other !== id)
  const decision = { isFirst: others.length === 0 }
  if (!order.seen[id]) {
    const seen = { ...order.seen, [id]: decision }
    await store.save(body.orderId, { ...withItem(order, body.item), seen }, version)
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  if (decision.isFirst) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
})
