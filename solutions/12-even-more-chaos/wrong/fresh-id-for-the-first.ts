// Believed: "There is one first item, so its announcement needs no id of its own making." Fails with: DUPLICATE_EFFECT
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
  const decided = order.seen[id]
  const decision = decided ?? { isFirst: order.items.length === 0 }
  if (!decided) {
    const seen = { ...order.seen, [id]: decision }
    await store.save(body.orderId, { ...withItem(order, body.item), seen }, version)
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  if (decision.isFirst) await publish(FirstItemAdded(body))
})
