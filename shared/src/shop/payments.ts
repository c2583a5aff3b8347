// Payments of Northern Gifts: a customer has a limit, and each cart is paid in one attempt or more.

import { z } from 'zod'
import { command, event } from '../message/index.ts'

const attempt = z.object({
  customer: z.string().min(1),
  /** Which try at paying this is; made by whoever asks, and the same in every copy. */
  attempt: z.string().min(1),
  cart: z.string().min(1),
})

/** Asks `payments` to book a cart's price. */
export const BookPayment = command('BookPayment', attempt)

/** Asks `payments` to take back what an attempt has booked. */
export const CancelPayment = command('CancelPayment', attempt)

/** Says that the attempt succeeded. */
export const PaymentBooked = event('PaymentBooked', attempt)

/** Says that the attempt failed: the limit did not allow it. */
export const PaymentDeclined = event('PaymentDeclined', attempt)

/** Says that what was booked has been taken back. */
export const PaymentCancelled = event('PaymentCancelled', attempt)
