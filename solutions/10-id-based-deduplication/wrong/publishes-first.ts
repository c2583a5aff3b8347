// Believed: "The ids are safe in one save now, so the order of publish and save is free." Fails with: GHOST_MESSAGE
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
  await publish(ItemAdded(body))
  if (order.seen.includes(id)) return
  await store.save(
    body.orderId,
    { ...withItem(order, body.item), seen: [...order.seen, id] },
    version,
  )
})

export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  await publish(ItemRemoved(body))
  if (order.seen.includes(id)) return
  await store.save(
    body.orderId,
    { ...withoutItem(order, body.item), seen: [...order.seen, id] },
    version,
  )
})
