// Believed: "I give each command an id when I handle it, and remember that." Fails with: DUPLICATE_EFFECT
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

export const addItem = handler(AddItem, async ({ body }, { store, publish, ids }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  const id = ids.next()
  if (!order.seen.includes(id)) {
    await store.save(
      body.orderId,
      { ...withItem(order, body.item), seen: [...order.seen, id] },
      version,
    )
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ body }, { store, publish, ids }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  const id = ids.next()
  if (!order.seen.includes(id)) {
    await store.save(
      body.orderId,
      { ...withoutItem(order, body.item), seen: [...order.seen, id] },
      version,
    )
  }
  await publish(ItemRemoved(body))
})
