// Believed: "An attempt is booked once; but what is cancelled is a cart." Fails with: STALE_WRITE
import { handler } from '@workshop/shared/pipeline'
import {
  BookPayment,
  CancelPayment,
  PaymentBooked,
  PaymentCancelled,
  PaymentDeclined,
} from '@workshop/shared/shop'

type Attempt = { readonly cart: string; readonly outcome: 'booked' | 'declined' | 'cancelled' }
type Account = Readonly<Record<string, Attempt>>

export const noPayment: Account = {}

const isBooked = ({ outcome }: Attempt): boolean => outcome === 'booked'

export const isTaken = (account: Account): boolean => Object.values(account).some(isBooked)

export const bookPayment = handler(BookPayment, async ({ body }, { store, publish }) => {
  const { cart, attempt, customer } = body
  const { value: account, version } = await store.load(customer, noPayment)
  const outcome = account[attempt]?.outcome ?? (isTaken(account) ? 'declined' : 'booked')
  if (account[attempt] === undefined) {
    await store.save(customer, { ...account, [attempt]: { cart, outcome } }, version)
  }
  await publish(outcome === 'declined' ? PaymentDeclined(body) : PaymentBooked(body))
})

export const cancelPayment = handler(CancelPayment, async ({ body }, { store, publish }) => {
  const { value: account, version } = await store.load(body.customer, noPayment)
  const booked = Object.keys(account).find(
    (attempt) => account[attempt]?.cart === body.cart && account[attempt].outcome === 'booked',
  )
  if (booked !== undefined) {
    const cancelled = { cart: body.cart, outcome: 'cancelled' } as const
    await store.save(body.customer, { ...account, [booked]: cancelled }, version)
  }
  await publish(PaymentCancelled(body))
})
