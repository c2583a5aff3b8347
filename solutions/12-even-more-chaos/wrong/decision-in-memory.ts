// Believed: "The decision is made once, and a map beside the handler remembers it." Fails with: LOST_MESSAGE
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
const firsts = new Map<string, string>()

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const next = { ...withItem(order, body.item), seen: [...order.seen, id] }
    await store.save(body.orderId, next, version)
    if (!firsts.has(body.orderId)) firsts.set(body.orderId, id)
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  if (firsts.get(body.orderId) === id) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
})
