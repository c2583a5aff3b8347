// A route that does what it does once for each key: its effect, the key and the answer are one
// write set, as in an inbox. Whoever sends the key again is told the same answer.
//
// What it promises, for each caller and key: one effect, and equal answers, whatever crashes, is
// lost or arrives again at any later time. A key is remembered for `windowMs`; a request that was
// first sent longer ago, or later than now, is refused (412), as nobody can tell any more. Another
// request under the same key is refused, too (422). There is no "in progress": of two at once one
// meets a `Conflict`, runs again, and finds the answer of the other.
//
// Not promised: anything about what the route does outside of its store, such as calls of others;
// and that a pause of more than `windowMs` in the middle of a request is harmless, where its effect
// has no version that it has loaded. Algorithm: an atomic key record, refused by age; see the draft
// draft-ietf-httpapi-idempotency-key-header and OASIS Repeatable Requests 1.0 (2020).

import { createHash } from 'node:crypto'
import { canonicalJson } from '../message/index.ts'
import { absent, type Store, UnitOfWork } from '../store/index.ts'
import { firstSentMs, idempotencyKey } from './intent.ts'
import { problem } from './problem.ts'
import type { RouteContext, RouteHandler, RouteRequest, RouteResponse } from './route.ts'

export type IdempotencyOptions = {
  /** Who sends the request, as authenticated: keys of others are other keys. It may throw an
   *  `HttpProblem`. */
  readonly caller: (request: RouteRequest) => string
  /** Where the effect of a request is saved, and so its key. */
  readonly partition: (request: RouteRequest) => string
  /** How long after it was first sent a request is accepted, in milliseconds. To be published.
   *  Default 24 hours. */
  readonly windowMs?: number
  /** By how much clocks may differ, in milliseconds. Default 5 minutes. */
  readonly toleranceMs?: number
}

export type KeyRecord = {
  /** What was asked, as a digest. */
  readonly asked: string
  readonly response: RouteResponse
}

const dayMs = 86_400_000
/** How many keys are forgotten for each that is new. */
const forgottenAtOnce = 2
/** Told of nothing that has happened: the next request may succeed. */
const transient = new Set([408, 409, 425, 429])

/** `handle`, once for each key. It works on a store whose writes are kept back; all of them have to
 *  be in the partition. Where it answers 5xx, 408, 409, 425 or 429, or throws, nothing is saved. */
export function idempotent(options: IdempotencyOptions, handle: RouteHandler): RouteHandler {
  const { caller, partition, windowMs = dayMs, toleranceMs = 300_000 } = options
  return async (request, context) => {
    const where = partition(request)
    const folder = `${where}/idempotency/${encodeURIComponent(caller(request))}/`
    const key = `${folder}${encodeURIComponent(idempotencyKey(request))}`
    const sentMs = firstSentMs(request)
    const asked = digestOf(request)
    const known = async (): Promise<RouteResponse | undefined> => {
      const { value } = await context.store.load<KeyRecord | undefined>(key, undefined)
      if (value) return value.asked === asked ? replayed(value) : otherRequest
      // Absent is new, or forgotten. It is the age, looked at after the key, that can tell.
      const ageMs = context.clock.nowMs() - sentMs
      if (ageMs >= windowMs) return tooOld(windowMs)
      return ageMs < -toleranceMs ? fromTomorrow(toleranceMs) : undefined
    }
    const before = await known()
    if (before) return before
    const unit = new UnitOfWork(context.store, where)
    const response = await handle(request, { ...context, store: unit.store })
    if (response.status >= 500 || transient.has(response.status)) return response
    // Once more, as what it has loaded may be newer than the key: whoever has saved the key in
    // between has changed that, and whoever does so from now on will be met as a conflict.
    const meanwhile = await known()
    if (meanwhile) return meanwhile
    const record: KeyRecord = { asked, response: kept(response) }
    await context.store.saveAll([...unit.writes, { key, value: record, expected: absent }])
    await forget(context, folder, windowMs + 2 * toleranceMs)
    return response
  }
}

const digestOf = ({ method, path, query, body }: RouteRequest): string =>
  createHash('sha256')
    .update(canonicalJson([method, path, query, body ?? null]))
    .digest('hex')

/** Headers that belong to what was done, and not to the moment at which it was told. */
const keptHeaders = ['content-type', 'content-location', 'etag', 'link', 'location']

function kept({ status, headers = {}, body }: RouteResponse): RouteResponse {
  const own = keptHeaders.flatMap((name) => {
    const value = headers[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    status,
    ...(own.length > 0 ? { headers: Object.fromEntries(own) } : {}),
    ...(body === undefined ? {} : { body }),
  }
}

const replayed = ({ response }: KeyRecord): RouteResponse => ({
  ...response,
  headers: { ...response.headers, 'idempotent-replayed': 'true' },
})

const otherRequest = problem(422, 'expected one request for each key, got another one for this key')

const tooOld = (windowMs: number): RouteResponse =>
  problem(
    412,
    `expected a request that was first sent less than ${windowMs / 1000} s ago: ` +
      'look what became of it',
  )

const fromTomorrow = (toleranceMs: number): RouteResponse =>
  problem(412, `expected a clock that is fast by ${toleranceMs / 1000} s at most`)

/** Removes what nobody may ask for any more. Nothing depends on it: who comes next tries again. */
async function forget({ store }: RouteContext, folder: string, olderThanMs: number): Promise<void> {
  const old = await listOf(store, folder, olderThanMs)
  for (const { key, version } of old) await store.remove(key, version).catch(() => undefined)
}

const listOf = (store: Store, folder: string, olderThanMs: number) =>
  store.list(folder, { limit: forgottenAtOnce, olderThanMs }).catch(() => [])
