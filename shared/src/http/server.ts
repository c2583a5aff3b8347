// From a request to its response: reads it, finds its route, runs it, and says what came of it. It
// never throws, and a client never learns more of a failure than that there was one.
//
// It does not recognise a request that has come before: that is for the routes. See idempotency.ts.

import {
  coinNames,
  followed,
  followedHttp,
  type Log,
  NotAwaited,
  Pending,
  silent,
} from '../pipeline/index.ts'
import { Conflict, type Store } from '../store/index.ts'
import { type Http, type HttpResponse, noHttp, Unavailable, type World } from '../world/index.ts'
import { HttpProblem, problem } from './problem.ts'
import { match, type Matched, type Route, type RouteContext, type RouteRequest } from './route.ts'
import { frozenValue, type Serve, type WireRequest, wireResponseOf } from './wire.ts'

export type ServerOptions = {
  readonly name: string
  readonly routes: readonly Route[]
  readonly store: Store
  readonly world: World
  /** How its routes call others. */
  readonly http?: Http
  readonly log?: Log
  /** The largest body that it reads, in bytes. Default 65,536. A larger one is refused: 413. */
  readonly maxBodyBytes?: number
  /** The longest pause before a route runs for the n-th time, because of a `Conflict`, is n times
   *  this, in milliseconds. Default 2. */
  readonly conflictPauseMs?: number
  /** Told of each run of a route that fails with anything but a problem. */
  readonly onFailure?: (request: RouteRequest, error: unknown) => void
}

export const defaultMaxBodyBytes = 65_536
/** How often a route runs again because of a conflict. */
const maxConflicts = 10
const tryAgain = { 'retry-after': '1' }

/** What answers requests with `routes`. */
export function serverOf(options: ServerOptions): Serve {
  checkRoutes(options)
  const { maxBodyBytes = defaultMaxBodyBytes } = options
  return async (wire, signal) => {
    const response = await answer(wire, signal)
    return wireResponseOf(response)
  }

  async function answer(wire: WireRequest, signal: AbortSignal): Promise<HttpResponse> {
    if (wire.body !== undefined && Buffer.byteLength(wire.body) > maxBodyBytes) {
      return problem(413, `expected a body of at most ${maxBodyBytes} bytes`)
    }
    const [path = '', query = ''] = wire.path.split('?', 2)
    const found = match(options.routes, wire.method, path)
    if (!('route' in found)) return notFound(wire, found.allowed)
    if (wire.body !== undefined && !isJson(wire)) {
      return problem(415, 'expected a body of JSON, and a content-type that says so')
    }
    let body: unknown
    try {
      body = wire.body === undefined ? undefined : frozenValue(wire.body)
    } catch {
      return problem(400, 'expected a body of JSON, got something that cannot be read')
    }
    const request: RouteRequest = Object.freeze({
      method: wire.method,
      path,
      params: Object.freeze(found.params),
      query: Object.freeze(Object.fromEntries(new URLSearchParams(query))),
      headers: Object.freeze({ ...wire.headers }),
      body,
    })
    return run({ request, found, options, signal })
  }
}

const isJson = ({ headers }: WireRequest): boolean =>
  /^application\/([\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '')

function checkRoutes({ name, routes }: ServerOptions): void {
  const fit = routes.every((route) => typeof (route as Partial<Route>)?.handle === 'function')
  if (fit && routes.length > 0) return
  throw new TypeError(
    `expected routes in the server ${name}, got something else. Does your file still export the ` +
      'route under the name that the test imports?',
  )
}

function notFound({ method, path }: WireRequest, allowed: readonly string[]): HttpResponse {
  if (allowed.length === 0) return problem(404, `expected a path that there is, got ${path}`)
  return problem(405, `expected ${allowed.join(' or ')}, got ${method}`, {
    allow: allowed.join(', '),
  })
}

type Run = {
  readonly request: RouteRequest
  readonly found: Matched
  readonly options: ServerOptions
  readonly signal: AbortSignal
}

async function run({ request, found, options, signal }: Run): Promise<HttpResponse> {
  const { conflictPauseMs = 2, onFailure } = options
  const what = `${request.method} ${found.route.path}`
  const context = contextFor(options, { what, signal })
  for (let times = 1; ; times += 1) {
    try {
      return await once({ request, found, what, context })
    } catch (error) {
      if (error instanceof HttpProblem) return error.response
      if (error instanceof Conflict && times <= maxConflicts && !signal.aborted) {
        await pause(context, { ms: conflictPauseMs * times, times })
        continue
      }
      onFailure?.(request, error)
      return failure(error, signal)
    }
  }
}

type Once = Pick<Run, 'request' | 'found'> & {
  readonly what: string
  readonly context: RouteContext
}

async function once({ request, found, what, context }: Once): Promise<HttpResponse> {
  const pending = new Pending(context.signal)
  const mine: RouteContext = {
    ...context,
    store: followed(context.store, pending),
    http: followedHttp(context.http, pending),
  }
  let response: HttpResponse | undefined
  await pending.around(what, async () => {
    const { headers = {}, ...rest } = await found.route.handle(request, mine)
    response = { ...rest, headers }
  })
  if (response === undefined) throw new NotAwaited(`${what} gave no response`)
  // What cannot be sent is a failure of the route, and not of the server.
  wireResponseOf(response)
  return response
}

async function pause(context: RouteContext, { ms, times }: Record<'ms' | 'times', number>) {
  if (ms > 0) await context.sleep(context.random(`conflict-${times}`) * ms)
}

/** Neither says that nothing has happened: what failed may have been the second of two steps. */
function failure(error: unknown, { aborted }: AbortSignal): HttpResponse {
  if (aborted) return problem(503, 'this took too long', tryAgain)
  const mayPass = error instanceof Unavailable || error instanceof Conflict
  if (mayPass) return problem(503, 'something that this needs is not there: try again', tryAgain)
  return problem(500, 'the request failed')
}

function contextFor(
  { name, store, world, http = noHttp, log = silent }: ServerOptions,
  { what, signal }: { readonly what: string; readonly signal: AbortSignal },
): RouteContext {
  // Choices are named by the piece of work that makes them; most make none.
  let names: ((name: string) => string) | undefined
  const named = (name: string): string => (names ??= coinNames([name, world.ids.next()]))(name)
  return {
    store,
    http,
    ids: world.ids,
    clock: world.clock,
    sleep: (ms, aborted) => world.sleep(ms, aborted ?? signal),
    coin: (choice) => world.coin(named(choice)),
    random: (choice) => world.random(named(choice)),
    log: log.child({ server: name, request: what }),
    signal,
  }
}
