// Believed: "What was removed stays removed, so I keep a list of it." Fails with: NOTHING_HAPPENED
import { handler } from '@workshop/shared/pipeline'
import {
  AddItem,
  emptyOrder,
  ItemAdded,
  ItemRemoved,
  RemoveItem,
  withItem,
  withoutItem,
} from '@workshop/shared/shop'

const nothingRemoved = { ...emptyOrder, removed: [] as readonly string[] }

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const { value, version } = await store.load(body.orderId, nothingRemoved)
  const isOver = value.removed?.includes(body.item) ?? false
  if (!isOver && !value.items.includes(body.item)) {
    await store.save(body.orderId, withItem(value, body.item), version)
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ body }, { store, publish }) => {
  const { value, version } = await store.load(body.orderId, nothingRemoved)
  const removed = [...(value.removed ?? []), body.item]
  await store.save(body.orderId, { ...withoutItem(value, body.item), removed }, version)
  await publish(ItemRemoved(body))
})
