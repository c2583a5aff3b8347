// Believed: "The correlation id is what stays the same along the way: that identifies it." Fails with: LOST_MESSAGE
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

export const addItem = handler(AddItem, async ({ id, body, headers }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  const key = headers.correlationId ?? id
  if (!order.seen.includes(key)) {
    await store.save(
      body.orderId,
      { ...withItem(order, body.item), seen: [...order.seen, key] },
      version,
    )
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ id, body, headers }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  const key = headers.correlationId ?? id
  if (!order.seen.includes(key)) {
    await store.save(
      body.orderId,
      { ...withoutItem(order, body.item), seen: [...order.seen, key] },
      version,
    )
  }
  await publish(ItemRemoved(body))
})
