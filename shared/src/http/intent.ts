// Which intent a request stands for, and since when: two headers that are the same in every request
// for it. The key follows the draft of the IETF (draft-ietf-httpapi-idempotency-key-header); of how
// long a server remembers keys that draft says nothing, so the time comes from OASIS Repeatable
// Requests 1.0 (2020).

import { z } from 'zod'
import type { HttpHeaders } from '../world/index.ts'
import { HttpProblem } from './problem.ts'
import type { RouteRequest } from './route.ts'

export type Intent = {
  /** 1 to 255 characters of visible ASCII; a UUID is a good one. */
  readonly key: string
  /** When its first request was sent, by the clock of who sent it, in milliseconds. Headers carry
   *  whole seconds. */
  readonly firstSentMs: number
}

const maxKeyLength = 255

/** The headers of each request for `intent`. Throws a TypeError where its key cannot be one. */
export function intentHeaders({ key, firstSentMs }: Intent): HttpHeaders {
  if (key.length < 1 || key.length > maxKeyLength || !/^[\u0020-\u007e]*$/.test(key)) {
    throw new TypeError(`expected a key of 1 to ${maxKeyLength} ASCII characters, got ${key}`)
  }
  return {
    'idempotency-key': `"${key.replaceAll(/["\\]/g, String.raw`\$&`)}"`,
    'repeatability-first-sent': httpDate(firstSentMs),
  }
}

type Headers = Pick<RouteRequest, 'headers'>

/** The key in `Idempotency-Key`, a string of RFC 9651: in double quotes. Throws an `HttpProblem`
 *  with 400 where there is none. */
export function idempotencyKey({ headers }: Headers): string {
  const given = headers['idempotency-key']
  const wanted = `expected the header Idempotency-Key: a string of 1 to ${maxKeyLength} characters`
  if (given === undefined) throw new HttpProblem(400, `${wanted}, got none`)
  const [, quoted] = /^"((?:[\u0020\u0021\u0023-\u005b\u005d-\u007e]|\\["\\])*)"$/.exec(given) ?? []
  const key = quoted?.replaceAll(/\\(["\\])/g, '$1') ?? ''
  if (key.length >= 1 && key.length <= maxKeyLength) return key
  throw new HttpProblem(400, `${wanted} in double quotes, got something else`)
}

/** When the request was first sent, in milliseconds. Throws an `HttpProblem` with 400 where it does
 *  not say. */
export function firstSentMs({ headers }: Headers): number {
  const given = headers['repeatability-first-sent'] ?? ''
  // It reads a text, and no clock.
  // oxlint-disable-next-line no-restricted-globals
  const ms = Date.parse(given)
  if (Number.isFinite(ms) && httpDate(ms) === given) return ms
  throw new HttpProblem(
    400,
    'expected the header Repeatability-First-Sent: a date such as ' +
      'Sun, 06 Nov 1994 08:49:37 GMT, the same in each request for one key',
  )
}

/** The body of a request, checked. Throws an `HttpProblem` with 400 that says what is wrong. */
export function bodyOf<T>({ body }: Pick<RouteRequest, 'body'>, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new HttpProblem(400, z.prettifyError(parsed.error).replaceAll(/\s+/g, ' '))
}

// It writes a text, and reads no clock.
// oxlint-disable-next-line no-restricted-globals
const httpDate = (ms: number): string => new Date(ms).toUTCString()
