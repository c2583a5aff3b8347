// Believed: "Two messages with the same content are the same message." Fails with: LOST_MESSAGE
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
import { canonicalJson } from '@workshop/shared/message'

type Remembering = Order & { readonly seen: readonly string[] }
const nothing: Remembering = { ...emptyOrder, seen: [] }

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  const key = canonicalJson(body)
  if (!order.seen.includes(key)) {
    await store.save(
      body.orderId,
      { ...withItem(order, body.item), seen: [...order.seen, key] },
      version,
    )
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  const key = canonicalJson(body)
  if (!order.seen.includes(key)) {
    await store.save(
      body.orderId,
      { ...withoutItem(order, body.item), seen: [...order.seen, key] },
      version,
    )
  }
  await publish(ItemRemoved(body))
})
