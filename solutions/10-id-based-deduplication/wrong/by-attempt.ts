// Believed: "Only a second attempt can be a copy: the first needs no look." Fails with: DUPLICATE_EFFECT
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

export const addItem = handler(AddItem, async ({ id, body }, { store, publish, attempt }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (attempt === 1 || !order.seen.includes(id)) {
    await store.save(
      body.orderId,
      { ...withItem(order, body.item), seen: [...order.seen, id] },
      version,
    )
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish, attempt }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (attempt === 1 || !order.seen.includes(id)) {
    await store.save(
      body.orderId,
      { ...withoutItem(order, body.item), seen: [...order.seen, id] },
      version,
    )
  }
  await publish(ItemRemoved(body))
})
