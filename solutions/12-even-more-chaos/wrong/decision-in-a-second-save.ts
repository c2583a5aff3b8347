// Believed: "The decision is stored, too: right after the item, under a key of its own." Fails with: LOST_MESSAGE
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
  const first = await store.load(`${body.orderId}/first`, { id: '' })
  let firstId = first.value.id
  if (!order.seen.includes(id)) {
    const next = { ...withItem(order, body.item), seen: [...order.seen, id] }
    await store.save(body.orderId, next, version)
    if (order.items.length === 0) {
      firstId = id
      await store.save(`${body.orderId}/first`, { id }, first.version)
    }
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  if (firstId === id) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
})
