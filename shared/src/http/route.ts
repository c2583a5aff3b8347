// Routes: what a server does on a request for a path. They are ordinary functions from a request to
// a response, the same in the real world and in a simulated one.

import type { HandlerContext } from '../pipeline/index.ts'
import type { HttpHeaders, HttpResponse } from '../world/index.ts'

export type RouteRequest = {
  readonly method: string
  /** Without its query. */
  readonly path: string
  /** What stands in the place of `:id` in the path of the route, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: HttpHeaders
  /** A JSON value, frozen; undefined: no body. Nobody has checked it: parse it. */
  readonly body: unknown
}

/** What a route works with: what a handler does, without what only messages have. */
export type RouteContext = Pick<
  HandlerContext,
  'store' | 'http' | 'ids' | 'clock' | 'coin' | 'random' | 'sleep' | 'log' | 'signal'
>

/** A response as a route gives it. */
export type RouteResponse = Omit<HttpResponse, 'headers'> & { readonly headers?: HttpHeaders }

/** It may run more than once for one request: again from its first line, when a save of it met a
 *  `Conflict`. What it throws is answered with 500; with 503 where a store or a server was
 *  not there. */
export type RouteHandler = (request: RouteRequest, context: RouteContext) => Promise<RouteResponse>

export type Route = {
  readonly method: string
  /** `/payments/:id` */
  readonly path: string
  readonly handle: RouteHandler
}

type MakeRoute = (path: string, handle: RouteHandler) => Route

const of =
  (method: string): MakeRoute =>
  (path, handle) => {
    if (!path.startsWith('/')) throw new TypeError(`expected a path like /payments, got ${path}`)
    return { method, path, handle }
  }

export const get: MakeRoute = of('GET')
export const post: MakeRoute = of('POST')
export const put: MakeRoute = of('PUT')
export const patch: MakeRoute = of('PATCH')
export const del: MakeRoute = of('DELETE')

export type Matched = { readonly route: Route; readonly params: Readonly<Record<string, string>> }

export type Match =
  | Matched
  /** No such path; or, where there are methods, these only. */
  | { readonly allowed: readonly string[] }

/** The route for a request; the first of those that fit. */
export function match(routes: readonly Route[], method: string, path: string): Match {
  const allowed: string[] = []
  for (const route of routes) {
    const params = paramsOf(route.path, path)
    if (params === undefined) continue
    if (route.method === method) return { route, params }
    allowed.push(route.method)
  }
  return { allowed }
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = Object.create(null)
  for (const [index, part] of wanted.entries()) {
    const value = decoded(given[index] ?? '')
    if (part.startsWith(':') && value) params[part.slice(1)] = value
    else if (part !== value) return undefined
  }
  return params
}

/** Nothing where it is no encoding of anything. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
