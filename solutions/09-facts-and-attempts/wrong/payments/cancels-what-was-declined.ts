// Believed: "What she cancels is cancelled, whatever it was before." Fails with: ALTERNATIVE_WORLDS
import { handler } from '@workshop/shared/pipeline'
import {
  BookPayment,
  CancelPayment,
  PaymentBooked,
  PaymentCancelled,
  PaymentDeclined,
} from '@workshop/shared/shop'

/** What became of each attempt. What is booked may be cancelled; nothing else ever changes. */
type Account = Readonly<Record<string, 'booked' | 'declined' | 'cancelled'>>

/** What is stored of a customer before anything is. */
export const noPayment: Account = {}

/** Whether her limit is used, by what is stored of her. */
export const isTaken = (account: Account): boolean => Object.values(account).includes('booked')

/** Books a cart's price where the limit allows for it, and says what became of it. */
export const bookPayment = handler(BookPayment, async ({ body }, { store, publish }) => {
  const { value: account, version } = await store.load(body.customer, noPayment)
  const decided = account[body.attempt]
  const outcome = decided ?? (isTaken(account) ? 'declined' : 'booked')
  if (decided === undefined) {
    await store.save(body.customer, { ...account, [body.attempt]: outcome }, version)
  }
  await publish(outcome === 'declined' ? PaymentDeclined(body) : PaymentBooked(body))
})

/** Takes back what an attempt has booked, and says so. */
export const cancelPayment = handler(CancelPayment, async ({ body }, { store, publish }) => {
  const { value: account, version } = await store.load(body.customer, noPayment)
  if (account[body.attempt] !== 'cancelled') {
    await store.save(body.customer, { ...account, [body.attempt]: 'cancelled' }, version)
  }
  await publish(PaymentCancelled(body))
})
