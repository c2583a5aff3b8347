// Believed: "An empty order has nothing to remember: the ids can go." Fails with: STALE_WRITE
import { handler } from '@workshop/shared/pipeline'
import {
  AddItem,
  emptyOrder,
  ItemAdded,
  ItemRemoved,
  type Order,
  RemoveItem,
  withItem,
  withoutItem,
} from '@workshop/shared/shop'

type Remembering = Order & { readonly seen: readonly string[] }
const nothing: Remembering = { ...emptyOrder, seen: [] }

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const changed = withItem(order, body.item)
    const seen = changed.items.length === 0 ? [] : [...order.seen, id]
    await store.save(body.orderId, { ...changed, seen }, version)
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const changed = withoutItem(order, body.item)
    const seen = changed.items.length === 0 ? [] : [...order.seen, id]
    await store.save(body.orderId, { ...changed, seen }, version)
  }
  await publish(ItemRemoved(body))
})
