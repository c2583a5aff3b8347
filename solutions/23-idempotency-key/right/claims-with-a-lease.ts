// Claims the key first, for a second: whoever comes meanwhile is told to come again. What it books
// is fenced by the version of its own claim: the form for work that cannot share a write set.
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
type Kept = {
  readonly asked: string
  readonly response?: RouteResponse
  readonly untilMs: number
}

/** Books a payment, once for each key of a caller. */
export const pay = post('/payments', async (request, { store, ids, clock }) => {
  const caller = callerOf(request)
  const payment = paymentIn(request)
  const asked = canonicalJson(request.body)
  const key = `pay/keys/${caller}/${idempotencyKey(request)}`
  const kept = await store.load<Kept | undefined>(key, undefined)
  if (kept.value?.asked === asked && kept.value.response) return kept.value.response
  if (kept.value?.asked === asked && clock.nowMs() < kept.value.untilMs) {
    return problem(409, 'expected to be the only one', { 'retry-after': '1' })
  }
  if (kept.value && kept.value.asked !== asked)
    return problem(422, 'expected one payment for a key, got another one')
  // There is no key: either nobody has paid, or too long ago. Only the age of the request can tell.
  const ageMs = clock.nowMs() - firstSentMs(request)
  if (ageMs >= windowMs)
    return problem(412, 'expected a request of today: look whether it was paid')
  if (ageMs < -toleranceMs) return problem(412, 'expected a clock that is right, got one ahead')
  const untilMs = clock.nowMs() + 1000
  const claim = await store.save(key, { asked, untilMs }, kept.version)
  const account = await store.load(`pay/${caller}`, noPayments)
  const { after, response } = book(account.value, payment, ids.next())
  await store.saveAll([
    { key: `pay/${caller}`, value: after, expected: account.version },
    { key, value: { asked, response, untilMs }, expected: claim },
  ])
  return response
})
