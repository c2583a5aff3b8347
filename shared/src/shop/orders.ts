// Orders of Northern Gifts: a customer adds gifts to an order, and the shop announces each of them.

import { z } from 'zod'
import { command, event } from '../message/index.ts'

const itemInOrder = z.object({ orderId: z.string().min(1), item: z.string().min(1) })

/** Asks `orders` to put an item into an order. */
export const AddItem = command('AddItem', itemInOrder)

/** Says that an item is in an order now. */
export const ItemAdded = event('ItemAdded', itemInOrder)

/** An order, stored under its id. */
export type Order = { readonly items: readonly string[] }

export const emptyOrder: Order = { items: [] }

/** An order, or a cart, with one more `item`. */
export const withItem = <T extends Order>(order: T, item: string): T => ({
  ...order,
  items: [...order.items, item],
})
