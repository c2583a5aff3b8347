import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { within } from '@workshop/shared/world'
import { expect, test } from 'vitest'
import { reset } from './reset.ts'

/** A connection whose other side reads nothing. */
async function unread() {
  const server: Server = createServer({ allowHalfOpen: true, pauseOnConnect: true })
  const accepting = once(server, 'connection')
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as { readonly port: number }
  const socket: Socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
  socket.on('error', () => undefined)
  const [accepted] = (await accepting) as [Socket]
  accepted.on('error', () => undefined)
  await once(socket, 'connect')
  return {
    socket,
    [Symbol.asyncDispose]: async () => {
      accepted.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const states: Readonly<Record<string, (socket: Socket) => unknown>> = {
  'is open': () => undefined,
  'has much to send': (socket) => socket.write(Buffer.alloc(20_000_000)),
  'has much to send, and will end then': (socket) => socket.end(Buffer.alloc(20_000_000)),
  'is about to end': (socket) => void socket.end(),
  'is just ending': (socket) => new Promise<void>((next) => process.nextTick(next, socket.end())),
  'has ended': (socket) => once(socket.end('all'), 'finish'),
}

test.each(Object.entries(states))(
  'a socket that %s is closed by a reset',
  async (_state, bring) => {
    await using own = await unread()
    await bring(own.socket)
    const closed = once(own.socket, 'close')
    reset(own.socket)
    await within(10_000, closed, 'the socket to close')
    expect(own.socket.destroyed).toBe(true)
  },
)
