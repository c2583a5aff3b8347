// Believed: "A removal that found nothing did nothing: there is nothing to remember." Fails with: LOST_MESSAGE
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
  const changed = withItem(order, body.item)
  if (!order.seen.includes(id) && changed !== order) {
    await store.save(body.orderId, { ...changed, seen: [...order.seen, id] }, version)
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  const changed = withoutItem(order, body.item)
  if (!order.seen.includes(id) && changed !== order) {
    await store.save(body.orderId, { ...changed, seen: [...order.seen, id] }, version)
  }
  await publish(ItemRemoved(body))
})
