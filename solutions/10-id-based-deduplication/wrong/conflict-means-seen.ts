// Believed: "A conflict means that a copy was faster: there is nothing left to do." Fails with: LOST_MESSAGE
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
import { Conflict } from '@workshop/shared/store'

type Remembering = Order & { readonly seen: readonly string[] }
const nothing: Remembering = { ...emptyOrder, seen: [] }

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const remembered = { ...withItem(order, body.item), seen: [...order.seen, id] }
    try {
      await store.save(body.orderId, remembered, version)
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
    }
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const remembered = { ...withoutItem(order, body.item), seen: [...order.seen, id] }
    try {
      await store.save(body.orderId, remembered, version)
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
    }
  }
  await publish(ItemRemoved(body))
})
