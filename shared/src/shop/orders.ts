// Orders of Northern Gifts: a customer adds gifts to an order and takes them out again, and the
// shop announces each of it.

import { z } from 'zod'
import { command, event } from '../message/index.ts'

const itemInOrder = z.object({ orderId: z.string().min(1), item: z.string().min(1) })

/** Asks `orders` to put an item into an order. */
export const AddItem = command('AddItem', itemInOrder)

/** Says that an item is in an order now; and, where it is told, how many there are by then. */
export const ItemAdded = event(
  'ItemAdded',
  itemInOrder.extend({ total: z.number().int().optional() }),
)

/** Asks `orders` to take an item out of an order. */
export const RemoveItem = command('RemoveItem', itemInOrder)

/** Says that an item is no longer in an order. */
export const ItemRemoved = event('ItemRemoved', itemInOrder)

/** Says which item was the first of its order: marketing sends a card with it. */
export const FirstItemAdded = event('FirstItemAdded', itemInOrder)

/** Says that a customer has placed an order. */
export const OrderPlaced = event(
  'OrderPlaced',
  z.object({ orderId: z.string().min(1), customer: z.string().min(1) }),
)

/** An order, stored under its id. An item that stands in it twice was ordered twice. */
export type Order = { readonly items: readonly string[] }

export const emptyOrder: Order = { items: [] }

/** An order, or a cart, with one more `item`. */
export const withItem = <T extends Order>(order: T, item: string): T => ({
  ...order,
  items: [...order.items, item],
})

/** `order` with one `item` less; as it is, where there is none. */
export function withoutItem<T extends Order>(order: T, item: string): T {
  const at = order.items.indexOf(item)
  return at < 0 ? order : { ...order, items: order.items.toSpliced(at, 1) }
}
