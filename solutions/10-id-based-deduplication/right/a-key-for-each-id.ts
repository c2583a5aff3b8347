// Creates each id under a key of its own, in one `saveAll` with the order: the entity stays small.
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
import { absent } from '@workshop/shared/store'

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  const key = `${body.orderId}/seen/${id}`
  const seen = await store.load(key, true)
  if (seen.version === absent) {
    await store.saveAll([
      { key: body.orderId, value: withItem(order.value, body.item), expected: order.version },
      { key, value: true, expected: absent },
    ])
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ id, body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  const key = `${body.orderId}/seen/${id}`
  const seen = await store.load(key, true)
  if (seen.version === absent) {
    await store.saveAll([
      { key: body.orderId, value: withoutItem(order.value, body.item), expected: order.version },
      { key, value: true, expected: absent },
    ])
  }
  await publish(ItemRemoved(body))
})
