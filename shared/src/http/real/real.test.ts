// Routes on Hono and calls over fetch, on loopback: the outcomes that a caller is told, and what a
// server refuses to read.

import { createServer, type Server, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import type { Store } from '../../store/index.ts'
import { type Http, realWorld } from '../../world/index.ts'
import { get, post, type Route, type RouteRequest, serverOf } from '../index.ts'
import { fetchHttp } from './fetch-http.ts'
import { type ListenOptions, type RunningServer, startServer } from './hono-server.ts'

const noStore = {} as Store
const world = realWorld({ seed: 'http' })

const running = (routes: readonly Route[], options: Partial<ListenOptions> = {}) =>
  startServer({
    serve: serverOf({
      name: 'payments',
      routes,
      store: noStore,
      world,
      ...(options.maxBodyBytes === undefined ? {} : { maxBodyBytes: options.maxBodyBytes }),
    }),
    ...options,
  })

const to = (server: Pick<RunningServer, 'origin'>, more = {}): Http =>
  fetchHttp({ name: 'ann', origin: () => server.origin, ...more })

const echo = post('/payments/:id', async ({ method, path, params, query, headers, body }) => ({
  status: 201,
  headers: { location: '/payments/1' },
  body: { method, path, params, query, key: headers['idempotency-key'] ?? null, body },
}))

const pay = { to: 'payments', method: 'POST', path: '/payments/p%201?a=b', body: { amount: 40 } }

test('a request arrives as it was sent, and so does its response', async () => {
  await using server = await running([echo])
  const headers = { 'idempotency-key': '"k-1"' }
  const response = await to(server).send({ ...pay, headers })
  expect(response).toMatchObject({
    status: 201,
    headers: { location: '/payments/1', 'content-type': 'application/json' },
    body: {
      method: 'POST',
      path: '/payments/p%201',
      params: { id: 'p 1' },
      query: { a: 'b' },
      key: '"k-1"',
      body: { amount: 40 },
    },
  })
  expect(Object.isFrozen(response.body)).toBe(true)
})

test('a response without a body has none', async () => {
  await using server = await running([post('/payments/:id', async () => ({ status: 204 }))])
  const response = await to(server).send(pay)
  expect(response.status).toBe(204)
  expect(response.body).toBeUndefined()
})

test('a refused connection is Unavailable, and so is a server that nobody knows', async () => {
  const server = await running([echo])
  await server.stop()
  await expect(to(server).send(pay)).rejects.toMatchObject({ name: 'Unavailable' })
  const nowhere = fetchHttp({ name: 'ann', origin: () => undefined })
  await expect(nowhere.send(pay)).rejects.toMatchObject({ name: 'Unavailable' })
})

test('no response within the time limit is Unknown', async () => {
  const held = Promise.withResolvers<{ status: number }>()
  await using server = await running([post('/payments/:id', () => held.promise)])
  const late = to(server).send({ ...pay, timeLimitMs: 30 })
  await expect(late).rejects.toMatchObject({ name: 'Unknown' })
  held.resolve({ status: 201 })
})

/** Reads requests off the wire, and does with each connection what `onRequest` says. */
async function rawServer(onRequest: (socket: Socket, count: number) => void) {
  let count = 0
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      if (!/^(POST|GET|PUT) /.test(bytes.toString('latin1'))) return
      count += 1
      onRequest(socket, count)
    })
  })
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    requests: () => count,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'

test.each(['POST', 'PUT', 'GET'])(
  'a connection that is lost after %s is Unknown, and nothing is sent twice',
  async (method) => {
    await using server = await rawServer((socket) => socket.destroy())
    const call = { to: 'payments', method, path: '/', ...(method === 'GET' ? {} : { body: 1 }) }
    await expect(to(server).send(call)).rejects.toMatchObject({ name: 'Unknown' })
    expect(server.requests()).toBe(1)
  },
)

test('a connection that was used before and is lost is Unknown, and not tried again', async () => {
  await using server = await rawServer((socket, count) => {
    if (count === 1) socket.write(ok)
    else socket.destroy()
  })
  const call = { to: 'payments', method: 'PUT', path: '/', body: 1 }
  await expect(to(server).send(call)).resolves.toMatchObject({ status: 200 })
  await expect(to(server).send(call)).rejects.toMatchObject({ name: 'Unknown' })
  expect(server.requests()).toBe(2)
})

test('a redirect is a response like any other', async () => {
  await using server = await rawServer((socket) =>
    socket.end('HTTP/1.1 307 X\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n'),
  )
  await expect(to(server).send(pay)).resolves.toMatchObject({ status: 307 })
  expect(server.requests()).toBe(1)
})

test('a response that is larger than the caller reads is Unknown', async () => {
  const large = post('/payments/:id', async () => ({ status: 200, body: 'x'.repeat(5000) }))
  await using server = await running([large])
  const careful = to(server, { maxBodyBytes: 1000 })
  await expect(careful.send(pay)).rejects.toMatchObject({ name: 'Unknown' })
})

/** Without the checks of a caller of ours. */
const raw = (server: RunningServer, init: RequestInit, path = '/payments/1') =>
  fetch(`${server.origin}${path}`, { method: 'POST', ...init })

const json = { 'content-type': 'application/json' }

test('a server says what it refuses to read, and runs no route for it', async () => {
  const seen: RouteRequest[] = []
  const kept = post('/payments/:id', async (request) => {
    seen.push(request)
    return { status: 201 }
  })
  await using server = await running([kept, get('/payments/:id', async () => ({ status: 200 }))], {
    maxBodyBytes: 100,
  })
  const long = JSON.stringify('x'.repeat(200))
  const chunks = new ReadableStream({
    pull: (controller) => {
      controller.enqueue(new TextEncoder().encode(long))
      controller.close()
    },
  })
  const cases: readonly [number, Promise<Response>][] = [
    [413, raw(server, { body: long, headers: json })],
    [413, raw(server, { body: chunks, headers: json, duplex: 'half' })],
    [400, raw(server, { body: '{"amount":', headers: json })],
    [415, raw(server, { body: 'amount=40', headers: { 'content-type': 'text/plain' } })],
    [404, raw(server, { body: '1', headers: json }, '/refunds')],
    [405, raw(server, { method: 'DELETE' })],
    [404, raw(server, { body: '1', headers: json }, '/payments/%zz')],
  ]
  for (const [status, answered] of cases) {
    const response = await answered
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json',
    ])
    expect(await response.json()).toMatchObject({ status, title: expect.any(String) })
  }
  expect(seen).toEqual([])
})

test('a route that takes too long is answered 503, and may call nothing more', async () => {
  const refused = Promise.withResolvers<unknown>()
  const slow = post('/payments/:id', async (_request, { store, signal }) => {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve)
    })
    await store.load('ann', 0).catch((error: unknown) => {
      refused.resolve(error)
      throw error
    })
    return { status: 201 }
  })
  await using server = await running([slow], { timeLimitMs: 20 })
  const response = await to(server).send(pay)
  expect(response.status).toBe(503)
  await expect(refused.promise).resolves.toMatchObject({ name: 'TimeoutError' })
})

test('a route that fails says nothing of why', async () => {
  const fails = post('/payments/:id', () => Promise.reject(new Error('password of ben')))
  await using server = await running([fails])
  const response = await to(server).send(pay)
  expect(response.status).toBe(500)
  expect(JSON.stringify(response.body)).not.toContain('ben')
})

test('a server that stops finishes what it has begun, and takes nothing more', async () => {
  const begun = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const slow = post('/payments/:id', async () => {
    begun.resolve()
    await held.promise
    return { status: 201 }
  })
  const server = await running([slow])
  const response = to(server).send(pay)
  await begun.promise
  const stopped = server.stop()
  held.resolve()
  await expect(response).resolves.toMatchObject({ status: 201 })
  await stopped
  await expect(to(server).send(pay)).rejects.toMatchObject({ name: 'Unavailable' })
})
