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

/** Puts an item into an order and says so; of the first one it says that it is the first. */
export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  let items = order.items
  if (!order.seen.includes(id)) {
    const next = { ...withItem(order, body.item), seen: [...order.seen, id] }
    await store.save(body.orderId, next, version)
    items = next.items
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  // TODO Who was first is told by what the order looks like now. Is that who was first?
  if (items.length === 1) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
})
