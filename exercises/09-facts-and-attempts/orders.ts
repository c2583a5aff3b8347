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

/** What is stored of an order before anything is. */
export const nothing = emptyOrder

/** The items that are in an order, by what is stored of it. */
export const itemsIn = ({ items }: Order): readonly string[] => items

/** Puts an item into an order, and says so. */
export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, nothing)
  // TODO "It is not there" has two meanings: never added, and taken out again.
  if (!order.value.items.includes(body.item)) {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  }
  await publish(ItemAdded(body))
})

/** Takes an item out of an order, and says so. */
export const removeItem = handler(RemoveItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, nothing)
  if (order.value.items.includes(body.item)) {
    await store.save(body.orderId, withoutItem(order.value, body.item), order.version)
  }
  await publish(ItemRemoved(body))
})
