import { idempotencyKey, post, type RouteResponse } from '@workshop/shared/http'
import { absent } from '@workshop/shared/store'
import { book, callerOf, noPayments, paymentIn } from './booking.ts'

/** What is kept under a key: the answer to every request for it. */
type Kept = { readonly response: RouteResponse }

/** Books a payment, once for each key of a caller. */
export const pay = post('/payments', async (request, { store, ids }) => {
  const caller = callerOf(request)
  const payment = paymentIn(request)
  // TODO One key is one payment: look again at where it is kept, when, for whom, and for how long.
  const key = `pay/keys/${idempotencyKey(request)}`
  const kept = await store.load<Kept | undefined>(key, undefined)
  if (kept.value) return kept.value.response
  const account = await store.load(`pay/${caller}`, noPayments)
  const { after, response } = book(account.value, payment, ids.next())
  await store.save(`pay/${caller}`, after, account.version)
  await store.save(key, { response }, absent)
  return response
})
