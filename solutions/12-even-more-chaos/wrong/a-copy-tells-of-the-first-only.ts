// Believed: "A copy has one thing to tell: that its item was the first. The rest was done with the save." Fails with: LOST_MESSAGE
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

/** Puts an item into an order and says so; of the first one it says that it is the first. */
export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  const decided = order.seen[id]
  const decision = decided ?? { isFirst: order.items.length === 0 }
  if (!decided) {
    const seen = { ...order.seen, [id]: decision }
    await store.save(body.orderId, { ...withItem(order, body.item), seen }, version)
    await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  }
  if (decision.isFirst) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
})
