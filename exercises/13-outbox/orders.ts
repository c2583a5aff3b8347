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

/** Puts an item into an order, says so, and how many there are by then; of the first one it says
 *  that it is the first. */
export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  let { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen[id]) {
    const seen = { ...order.seen, [id]: { isFirst: order.items.length === 0 } }
    order = { ...withItem(order, body.item), seen }
    await store.save(body.orderId, order, version)
  }
  // TODO The total is that of whoever looks. Store what is to be sent, and send what was stored.
  const added = { ...body, total: order.items.length }
  await publish(ItemAdded(added, { id: outgoingId(id, 'orders', 'added') }))
  if (order.seen[id]?.isFirst) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
})
