// The same routes in the real world, on Hono. `honoApp` can be mounted in any Hono application;
// `startServer` lets it listen. Both load Hono when they are called: an exploration does without.

import type { Hono } from 'hono'
import { within } from '../../world/index.ts'
import { problem } from '../problem.ts'
import { defaultMaxBodyBytes } from '../server.ts'
import { type Serve, type WireResponse, wireResponseOf } from '../wire.ts'

export type HonoOptions = {
  /** What answers: see `serverOf`. */
  readonly serve: Serve
  /** The largest body that is read, in bytes. Default 65,536; a larger one is answered with 413. */
  readonly maxBodyBytes?: number
  /** How long a route may take, in milliseconds. Default 10,000; then the client is told 503, and
   *  what the route calls next is refused. */
  readonly timeLimitMs?: number
}

export type ListenOptions = HonoOptions & {
  /** Default 127.0.0.1: nobody else can reach it. */
  readonly hostname?: string
  /** Default 0: any that is free. */
  readonly port?: number
}

export interface RunningServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:8080`. */
  readonly origin: string
  /** Takes nothing more, finishes what it has begun within `drainMs`, and closes. */
  stop(options?: { readonly drainMs?: number }): Promise<void>
}

const idleMs = 5

export async function honoApp({
  serve,
  maxBodyBytes = defaultMaxBodyBytes,
  ...limits
}: HonoOptions): Promise<Hono> {
  const [{ Hono }, { bodyLimit }] = await Promise.all([import('hono'), import('hono/body-limit')])
  const { timeLimitMs = 10_000 } = limits
  const app = new Hono()
  const tooLarge = problem(413, `expected a body of at most ${maxBodyBytes} bytes`)
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: () => sent(wireResponseOf(tooLarge)) }))
  app.all('*', async ({ req }) => {
    const { pathname, search } = new URL(req.url)
    const body = await req.text()
    const signal = AbortSignal.timeout(timeLimitMs)
    const request = {
      // Hono drops the body of its response.
      method: req.method === 'HEAD' ? 'GET' : req.method,
      path: `${pathname}${search}`,
      headers: req.header(),
      body: body === '' ? undefined : body,
    }
    try {
      return sent(await within(timeLimitMs, serve(request, signal), 'a response'))
    } catch {
      const slow = problem(503, `expected a response within ${timeLimitMs} ms`, {
        'retry-after': '1',
      })
      return sent(wireResponseOf(slow))
    }
  })
  return app
}

/** Resolves once it listens; rejects where the port is taken. */
export async function startServer(options: ListenOptions): Promise<RunningServer> {
  const { hostname = '127.0.0.1', port = 0 } = options
  const { serve: listen } = await import('@hono/node-server')
  const app = await honoApp(options)
  const opened = Promise.withResolvers<number>()
  const server = listen({ fetch: app.fetch, hostname, port }, (info) => opened.resolve(info.port))
  server.once('error', opened.reject)
  const origin = `http://${hostname}:${await opened.promise}`
  const stop = async ({ drainMs = 2000 } = {}): Promise<void> => {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve())
    })
    // A connection that is kept alive is idle once its request has ended, and not before.
    const idle = setInterval(() => {
      if ('closeIdleConnections' in server) server.closeIdleConnections()
    }, idleMs)
    await within(drainMs, closed, 'every request to end').catch(() => {
      if ('closeAllConnections' in server) server.closeAllConnections()
    })
    clearInterval(idle)
    await closed
  }
  return { origin, stop, [Symbol.asyncDispose]: () => stop({ drainMs: 0 }) }
}

const sent = ({ status, headers, body }: WireResponse): Response =>
  new Response(body ?? null, { status, headers })
