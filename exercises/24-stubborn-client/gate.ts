// Given: what else stands on the other side. Payments can be looked at, and a gate stands in front
// of them that has bad days.
import { get, post, problem, type Route } from '@workshop/shared/http'
import { callerOf, noPayments } from './booking.ts'
import { pay } from './payments.ts'

/** What a caller has paid so far. */
export const lookUp = get('/payments', async (request, { store }) => {
  const { value } = await store.load(`pay/${callerOf(request)}`, noPayments)
  return { status: 200, body: { booked: value.booked } }
})

export type Refusal = {
  readonly status: number
  /** In seconds. Whoever comes before that is refused again. */
  readonly retryAfter?: number
  /** The payment is made all the same: the gate has only not waited for it. */
  readonly isPassedOn?: boolean
}

export type GateOptions = {
  /** What the first requests are told. */
  readonly refusals?: readonly Refusal[]
  /** One request in this time, in milliseconds: others are told 503. */
  readonly everyMs?: number
  /** After so many refusals it is down, and stays so. */
  readonly patience?: number
}

type Gate = { readonly count: number; readonly refused: number; readonly openAtMs: number }
const fresh: Gate = { count: 0, refused: 0, openAtMs: 0 }

export const gate = ({
  refusals = [],
  everyMs = 0,
  patience = 9,
}: GateOptions): readonly Route[] => [
  lookUp,
  post('/payments', async (request, context) => {
    const { store, clock } = context
    const { value: seen, version } = await store.load('gate', fresh)
    const isClosed = clock.nowMs() < seen.openAtMs || seen.refused >= patience
    const refusal: Refusal | undefined = isClosed ? { status: 503 } : refusals[seen.count]
    const waitMs = refusal ? (refusal.retryAfter ?? 0) * 1000 : everyMs
    await store.save(
      'gate',
      {
        count: seen.count + (isClosed ? 0 : 1),
        refused: seen.refused + (refusal ? 1 : 0),
        openAtMs: isClosed ? seen.openAtMs : clock.nowMs() + waitMs,
      },
      version,
    )
    if (!refusal) return pay.handle(request, context)
    if (refusal.isPassedOn) await pay.handle(request, context)
    const { status, retryAfter } = refusal
    return problem(
      status,
      'not now',
      retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
    )
  }),
]
