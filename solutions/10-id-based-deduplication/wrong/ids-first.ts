// Believed: "I note the id before anything else, so that nobody else can begin." Fails with: LOST_MESSAGE
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
    const noted = { ...order, seen: [...order.seen, id] }
    const saved = await store.save(body.orderId, noted, version)
    await store.save(body.orderId, withItem(noted, body.item), saved)
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const noted = { ...order, seen: [...order.seen, id] }
    const saved = await store.save(body.orderId, noted, version)
    await store.save(body.orderId, withoutItem(noted, body.item), saved)
  }
  await publish(ItemRemoved(body))
})
