// Keeps the answers in the account itself: one entity, one save, and it grows with each payment.
import {
  firstSentMs,
  idempotencyKey,
  post,
  problem,
  type RouteResponse,
} from '@workshop/shared/http'
import { canonicalJson } from '@workshop/shared/message'
import { book, callerOf, noPayments, paymentIn, toleranceMs, windowMs } from './booking.ts'

/** What was asked under each key, and the answer to every request for it. */
type Answers = Readonly<
  Record<string, { readonly asked: string; readonly response: RouteResponse }>
>
const nothing = { ...noPayments, answers: {} as Answers }

/** Books a payment, once for each key of a caller. */
export const pay = post('/payments', async (request, { store, ids, clock }) => {
  const caller = callerOf(request)
  const payment = paymentIn(request)
  const asked = canonicalJson(request.body)
  const account = await store.load(`pay/${caller}`, nothing)
  const key = `key ${idempotencyKey(request)}`
  const kept = account.value.answers[key]
  if (kept?.asked === asked) return kept.response
  if (kept) return problem(422, 'expected one payment for a key, got another one')
  const ageMs = clock.nowMs() - firstSentMs(request)
  if (ageMs >= windowMs)
    return problem(412, 'expected a request of today: look whether it was paid')
  if (ageMs < -toleranceMs) return problem(412, 'expected a clock that is right, got one ahead')
  const { after, response } = book(account.value, payment, ids.next())
  const answers = { ...account.value.answers, [key]: { asked, response } }
  await store.save(`pay/${caller}`, { ...after, answers }, account.version)
  return response
})
