// A request and a response as they travel: headers, and a body as text. Checked here, so that what
// one world refuses no other takes.

import { canonicalJson } from '../message/index.ts'
import type { HttpCall, HttpHeaders, HttpResponse } from '../world/index.ts'

export type WireRequest = {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: HttpHeaders
  /** Undefined: none. */
  readonly body: string | undefined
}

export type WireResponse = {
  readonly status: number
  readonly headers: HttpHeaders
  readonly body: string | undefined
}

/** What answers requests. It never rejects; where `signal` is aborted nobody waits any more. */
export type Serve = (request: WireRequest, signal: AbortSignal) => Promise<WireResponse>

export const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** A call as it is sent. Throws a TypeError where it cannot be one, before anything is sent. */
export function wireRequestOf({ method, path, headers, body }: HttpCall): WireRequest {
  if (!methods.includes(method)) {
    throw new TypeError(`expected a method of ${methods.join(', ')}, got ${method}`)
  }
  if (!/^\/[\u0021-\u007e]*$/.test(path)) {
    throw new TypeError(`expected a path that begins with / and is URL-encoded, got ${path}`)
  }
  return { method, path, ...withBody(headers, body, 'application/json') }
}

/** A response as it is sent. Throws a TypeError where it cannot be one. */
export function wireResponseOf({ status, headers, body }: HttpResponse): WireResponse {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new TypeError(`expected a status of 200 to 599, got ${status}`)
  }
  const hasNone = status === 204 || status === 304
  if (hasNone && body !== undefined) {
    throw new TypeError(`expected no body in a response ${status}, got one`)
  }
  return { status, ...withBody(headers, body, 'application/json') }
}

/** What the caller is given of it: frozen, and nobody else's. */
export function responseOf({ status, headers, body }: WireResponse): HttpResponse {
  const read = { status, headers: Object.freeze({ ...headers }) }
  return Object.freeze(body === undefined ? read : { ...read, body: readBody(body, headers) })
}

/** The value of a JSON text, deeply frozen. Throws a SyntaxError. */
export function frozenValue(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'object' && value !== null ? Object.freeze(value) : value,
  )
}

/** The text itself, where somebody sends something that is no JSON. */
function readBody(text: string, headers: HttpHeaders): unknown {
  if (!/[/+]json\b/.test(headers['content-type'] ?? '')) return text
  try {
    return frozenValue(text)
  } catch {
    return text
  }
}

function withBody(
  given: HttpHeaders = {},
  body: unknown,
  contentType: string,
): Pick<WireRequest, 'headers' | 'body'> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(given))
    headers[checkedName(name)] = trimmed(name, value)
  if (body === undefined) return { headers, body: undefined }
  // What JSON would change without a word is refused; the order of keys is the caller's.
  canonicalJson(body)
  return { headers: { 'content-type': contentType, ...headers }, body: JSON.stringify(body) }
}

function checkedName(name: string): string {
  if (/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return name
  throw new TypeError(`expected the name of a header in lower case, got ${JSON.stringify(name)}`)
}

function trimmed(name: string, value: string): string {
  if (typeof value === 'string' && /^[\t\u0020-\u007e]*$/.test(value)) return value.trim()
  throw new TypeError(`expected visible ASCII in the header ${name}, got ${JSON.stringify(value)}`)
}
