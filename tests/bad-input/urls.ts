// URLs of brokers that are none, and ports behind which there is no RabbitMQ. No RabbitMQ is needed
// to see what is said of them.

import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { rabbitmqBroker } from '@workshop/shared/broker'
import { refused, type RefusedRow } from './refused.ts'

const timeoutMs = 300
const row = refused('nothing is opened, and nothing is waited for longer than told')

const noUrl = 'TypeError: expected a URL like amqp://name:password@host:5672, got something else'

const url = (given: string, text: string): RefusedRow =>
  row(given, () => rabbitmqBroker({ url: text }), noUrl)

type Listening = (socket: Socket) => void

/** What listens at the port, instead of a RabbitMQ. */
const port = (given: string, server: () => Server, [why, scheme = 'amqp']: Why): RefusedRow =>
  row(
    given,
    async () => {
      const sockets = new Set<Socket>()
      const listening = server()
      listening.on('connection', (socket) => {
        sockets.add(socket)
        // Clients that go away without a word are what is tested.
        socket.on('error', () => undefined)
      })
      listening.on('tlsClientError', () => undefined)
      try {
        listening.listen(0, '127.0.0.1')
        await once(listening, 'listening')
        const { port: at } = listening.address() as AddressInfo
        const address = `${scheme}://ada:secret@127.0.0.1:${at}`
        return await rabbitmqBroker({ url: address, requestTimeoutMs: timeoutMs })
      } finally {
        for (const socket of sockets) socket.destroy()
        listening.close()
        await once(listening, 'close')
      }
    },
    `Unavailable: expected RabbitMQ to answer at 127.0.0.1:…, got: ${why}. Start it, or correct the URL`,
  )

type Why = readonly [why: string, scheme?: 'amqp' | 'amqps']

const plain = (listening: Listening) => () => createServer(listening)
const noAmqp = 'something that does not speak AMQP'
const noTls = 'something that does not speak TLS'
const isClosed = 'a connection that was closed at the first word (a port of TLS?)'
const isSilent = `expected a connection within ${timeoutMs} ms`

/** A port on which nobody listens: it was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port: at } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return at
}

export const urls: readonly RefusedRow[] = [
  url('a URL without a scheme', '127.0.0.1:5672'),
  url('a URL of HTTP', 'http://ada:secret@127.0.0.1:15672'),
  url('a URL without a host', 'amqp://ada:secret@'),
  url('a port that no computer has', 'amqp://ada:secret@127.0.0.1:99999'),
  url('no URL', ''),
  row(
    'a port on which nobody listens',
    async () => rabbitmqBroker({ url: `amqp://ada:secret@127.0.0.1:${await closedPort()}` }),
    'Unavailable: expected RabbitMQ to answer at 127.0.0.1:…, got: connect ECONNREFUSED 127.0.0.1:…. Start it, or correct the URL',
  ),
  port('a port that speaks HTTP', createHttpServer, [noAmqp]),
  port('a port that speaks TLS, spoken to in plain', () => createTlsServer({}), [isClosed]),
  port('a port that speaks in plain, spoken to in TLS', plain(greeting), [noTls, 'amqps']),
  port('a port that says the same line for ever', plain(chatter), [noAmqp]),
  port('a port that hangs up', plain(hangUp), [isClosed]),
  port('a port that resets the connection', plain(reset), ['…ECONNRESET…']),
  port(
    'a port that accepts and stays silent',
    plain((socket) => void socket.resume()),
    [isSilent],
  ),
  port(
    'a port of TLS that stays silent',
    plain((socket) => void socket.resume()),
    [isSilent, 'amqps'],
  ),
]

function greeting(socket: Socket): void {
  socket.once('data', () => socket.end('hello'))
}

function hangUp(socket: Socket): void {
  // What is unread would make a reset of it.
  socket.once('data', () => socket.end())
}

function reset(socket: Socket): void {
  socket.once('data', () => socket.resetAndDestroy())
}

function chatter(socket: Socket): void {
  const say = (): void => void socket.write('220 mail.example.com ready\r\n')
  const timer = setInterval(say, 1)
  socket.on('close', () => clearInterval(timer))
  say()
}
