// Creates each decision once, under the key of its attempt, in one `saveAll` with the account.
import { handler } from '@workshop/shared/pipeline'
import {
  BookPayment,
  CancelPayment,
  PaymentBooked,
  PaymentCancelled,
  PaymentDeclined,
} from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

type Account = { readonly attempt?: string }

export const noPayment: Account = {}

export const isTaken = ({ attempt }: Account): boolean => attempt !== undefined

export const bookPayment = handler(BookPayment, async ({ body }, { store, publish }) => {
  const { customer, attempt } = body
  const account = await store.load(customer, noPayment)
  const key = `${customer}/${attempt}`
  const decision = await store.load(key, { isBooked: !isTaken(account.value) })
  const { isBooked } = decision.value
  if (decision.version === absent) {
    const value = isBooked ? { attempt } : account.value
    await store.saveAll([
      { key: customer, value, expected: account.version },
      { key, value: { isBooked }, expected: absent },
    ])
  }
  await publish(isBooked ? PaymentBooked(body) : PaymentDeclined(body))
})

export const cancelPayment = handler(CancelPayment, async ({ body }, { store, publish }) => {
  const account = await store.load(body.customer, noPayment)
  if (account.value.attempt === body.attempt) {
    await store.save(body.customer, noPayment, account.version)
  }
  await publish(PaymentCancelled(body))
})
