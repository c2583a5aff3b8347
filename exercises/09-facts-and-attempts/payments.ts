import { handler } from '@workshop/shared/pipeline'
import {
  BookPayment,
  CancelPayment,
  PaymentBooked,
  PaymentCancelled,
  PaymentDeclined,
} from '@workshop/shared/shop'

/** What a customer pays for at the moment. Her limit allows for one cart. */
type Account = { readonly cart?: string }

/** What is stored of a customer before anything is. */
export const noPayment: Account = {}

/** Whether her limit is used, by what is stored of her. */
export const isTaken = ({ cart }: Account): boolean => cart !== undefined

/** Books a cart's price where the limit allows for it, and says what became of it. */
export const bookPayment = handler(BookPayment, async ({ body }, { store, publish }) => {
  const account = await store.load(body.customer, noPayment)
  // TODO A copy of this command is judged by what is booked when the copy arrives.
  if (isTaken(account.value) && account.value.cart !== body.cart) {
    return publish(PaymentDeclined(body))
  }
  if (!isTaken(account.value)) await store.save(body.customer, { cart: body.cart }, account.version)
  await publish(PaymentBooked(body))
})

/** Takes back what was booked for a cart, and says so. */
export const cancelPayment = handler(CancelPayment, async ({ body }, { store, publish }) => {
  const account = await store.load(body.customer, noPayment)
  if (account.value.cart === body.cart) {
    await store.save(body.customer, noPayment, account.version)
  }
  await publish(PaymentCancelled(body))
})
