// The order remembers once who was its first, and not for each message whether it was.
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

type Remembering = Order & { readonly seen: readonly string[]; readonly firstId?: string }
const nothing: Remembering = { ...emptyOrder, seen: [] }

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  let { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const { firstId = id } = order
    order = { ...withItem(order, body.item), seen: [...order.seen, id], firstId }
    await store.save(body.orderId, order, version)
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  if (order.firstId === id) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
})
