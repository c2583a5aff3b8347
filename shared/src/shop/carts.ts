// The front of Northern Gifts: a customer fills her cart, and clicks *Order*. What becomes of an
// order after that is not told here.

import { z } from 'zod'
import { command } from '../message/index.ts'

const customer = z.string().min(1)
const item = z.string().min(1)

/** She clicks *Order*: asks the shop to make an order of what is in her cart. */
export const CheckOut = command('CheckOut', z.object({ customer }))

/** Asks the shop to put an item into her cart. */
export const AddToCart = command('AddToCart', z.object({ customer, item }))

/** Asks `orders` to take an order, under an id that whoever asks has chosen. */
export const SubmitOrder = command(
  'SubmitOrder',
  z.object({ orderId: z.string().min(1), items: z.array(item).readonly() }),
)

/** The cart of one customer, until it has been ordered. */
export type Cart = {
  readonly items: readonly string[]
  /** The order that was made of it. Default: none yet. */
  readonly orderId?: string
}

export const emptyCart: Cart = { items: [] }
