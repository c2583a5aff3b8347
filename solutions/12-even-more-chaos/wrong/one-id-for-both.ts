// Believed: "Both announcements come from one command, so one id tells both." Fails with: CONTENT_DIFFERS
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
  }
  const told = outgoingId(id, 'orders', 'told')
  await publish(ItemAdded(body, { id: told }))
  if (decision.isFirst) await publish(FirstItemAdded(body, { id: told }))
})
