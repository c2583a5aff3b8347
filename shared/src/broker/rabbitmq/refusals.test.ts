// What the adapter says when there is no RabbitMQ to speak to. None is needed for it.

import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Unavailable } from '../../world/index.ts'
import { answersAmqp } from './probe.ts'
import { rabbitmqBroker } from './rabbitmq-broker.ts'

const open = new Map<Server, Set<Socket>>()

/** The port of a server that says `greeting` to everybody, and nothing more. */
async function serverThatSays(greeting: string): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    // Clients that go away without a word are what is tested.
    socket.on('error', () => undefined)
    socket.resume()
    if (greeting) socket.end(greeting)
  })
  open.set(server, sockets)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address && typeof address === 'object') return address.port
  throw new Error('expected a TCP port')
}

async function closeServers(): Promise<void> {
  for (const [server, sockets] of open) {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  open.clear()
}

afterEach(closeServers)

async function failureAt(port: number): Promise<unknown> {
  const url = `amqp://ada:secret@127.0.0.1:${port}/shop`
  return rabbitmqBroker({ url, requestTimeoutMs: 100 }).catch((error: unknown) => error)
}

test('where nobody listens, the error names host and port, and no password', async () => {
  const port = await serverThatSays('')
  await closeServers()
  const error = await failureAt(port)
  expect(error).toBeInstanceOf(Unavailable)
  expect(String(error)).toContain(`127.0.0.1:${port}`)
  expect(String(error)).toContain('ECONNREFUSED')
  expect(String(error)).not.toContain('secret')
  expect(String(error)).not.toContain('ada')
})

test('a server that is silent, or speaks something else, is given up within the deadline', async () => {
  for (const greeting of ['', 'HTTP/1.1 400 Bad Request\r\n\r\n']) {
    const port = await serverThatSays(greeting)
    const error = await failureAt(port)
    expect(error).toBeInstanceOf(Unavailable)
    expect(String(error)).toContain(`127.0.0.1:${port}`)
  }
})

test('a URL that is none is refused without being repeated', async () => {
  for (const url of ['http://ada:secret@127.0.0.1', 'amqp://ada:secret@', 'ada:secret']) {
    const error = await rabbitmqBroker({ url }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).not.toContain('secret')
  }
})

test('options out of their bounds are refused by name', async () => {
  const url = 'amqp://127.0.0.1:1'
  for (const options of [{ window: 0 }, { heartbeatS: 61 }, { publishTimeoutMs: 1.5 }]) {
    await expect(rabbitmqBroker({ url, ...options })).rejects.toThrow(Object.keys(options)[0])
  }
  await expect(rabbitmqBroker({ url, namespace: 'a b' })).rejects.toThrow(/namespace/)
})

test('a port that is silent, or speaks something else, does not answer as RabbitMQ', async () => {
  for (const greeting of ['', 'HTTP/1.1 400 Bad Request\r\n\r\n']) {
    const port = await serverThatSays(greeting)
    expect(await answersAmqp({ host: '127.0.0.1', port }, 50)).toBe(false)
    await closeServers()
    expect(await answersAmqp({ host: '127.0.0.1', port })).toBe(false)
  }
})
