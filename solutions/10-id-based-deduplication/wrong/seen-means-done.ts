// Believed: "What I have seen is done: I return at once." Fails with: LOST_MESSAGE
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
  if (order.seen.includes(id)) return
  await store.save(
    body.orderId,
    { ...withItem(order, body.item), seen: [...order.seen, id] },
    version,
  )
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (order.seen.includes(id)) return
  await store.save(
    body.orderId,
    { ...withoutItem(order, body.item), seen: [...order.seen, id] },
    version,
  )
  await publish(ItemRemoved(body))
})
