// Believed: "Nothing was booked, so there is nothing to keep." Fails with: CONTENT_DIFFERS
import {
  firstSentMs,
  idempotencyKey,
  post,
  problem,
  type RouteResponse,
} from '@workshop/shared/http'
import { canonicalJson } from '@workshop/shared/message'
import { book, callerOf, noPayments, paymentIn, toleranceMs, windowMs } from './booking.ts'

/** What is kept under a key: what was asked, and the answer to every request for it. */
type Kept = { readonly asked: string; readonly response: RouteResponse }

/** Books a payment, once for each key of a caller. */
export const pay = post('/payments', async (request, { store, ids, clock }) => {
  const caller = callerOf(request)
  const payment = paymentIn(request)
  const asked = canonicalJson(request.body)
  // The account is loaded first: whoever books in between is met as a conflict.
  const account = await store.load(`pay/${caller}`, noPayments)
  const key = `pay/keys/${caller}/${idempotencyKey(request)}`
  const kept = await store.load<Kept | undefined>(key, undefined)
  if (kept.value?.asked === asked) return kept.value.response
  if (kept.value) return problem(422, 'expected one payment for a key, got another one')
  // There is no key: either nobody has paid, or too long ago. Only the age of the request can tell.
  const ageMs = clock.nowMs() - firstSentMs(request)
  if (ageMs >= windowMs)
    return problem(412, 'expected a request of today: look whether it was paid')
  if (ageMs < -toleranceMs) return problem(412, 'expected a clock that is right, got one ahead')
  const { after, response } = book(account.value, payment, ids.next())
  if (response.status !== 201) return response
  await store.saveAll([
    { key: `pay/${caller}`, value: after, expected: account.version },
    { key, value: { asked, response }, expected: kept.version },
  ])
  return response
})
