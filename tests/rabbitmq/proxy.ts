// A wire that can be cut. It stands between a client and a broker on the loopback interface and can
// reset its connections, swallow everything without hanging up, refuse, or put bytes of its own
// between those of the client. It delays nothing: what passes, passes at once.

import { connect, createServer, type Server, type Socket } from 'node:net'
import { reset } from './reset.ts'

/** More than that at once is a leak of the client's, and refused. */
const maxPairs = 100

type Pair = { readonly client: Socket; readonly broker: Socket }

export interface Proxy extends AsyncDisposable {
  readonly port: number
  /** How many connections it has taken so far. */
  readonly accepted: number
  /** How many of them are open. */
  readonly open: number
  /** Resets every connection, on both sides. New ones are taken. */
  cut(): void
  /** From here on nothing passes, not even a hang-up, and new connections hear nothing. */
  blackHole(): void
  /** Resets and refuses, as a broker does that is not there. */
  refuse(): void
  /** Ends a black hole or a refusal. What it swallowed stays swallowed: such connections are
   *  reset. */
  heal(): void
  /** Sends `bytes` to the broker as if the client with this number (0 is the first one that is
   *  open) had sent them. Between two frames only while the client is silent. */
  inject(client: number, bytes: Uint8Array): void
}

export async function startProxy(brokerPort: number): Promise<Proxy> {
  const pairs = new Set<Pair>()
  let mode: 'forwards' | 'swallows' | 'refuses' = 'forwards'
  let accepted = 0

  const cut = () => {
    for (const { client, broker } of pairs) {
      reset(client)
      reset(broker)
    }
    pairs.clear()
  }
  // Half-open, or Node would answer a hang-up by itself, which a black hole does not.
  const server = createServer({ allowHalfOpen: true }, (client) => {
    client.on('error', () => undefined)
    if (mode === 'refuses' || pairs.size >= maxPairs) {
      reset(client)
      return
    }
    accepted += 1
    const pair = { client, broker: connectTo(brokerPort) }
    pairs.add(pair)
    join(pair, { isOpen: () => mode === 'forwards', onClose: () => pairs.delete(pair) })
  })
  const port = await listening(server)
  return {
    port,
    cut,
    get accepted() {
      return accepted
    },
    get open() {
      return pairs.size
    },
    blackHole: () => {
      mode = 'swallows'
    },
    refuse: () => {
      mode = 'refuses'
      cut()
    },
    heal: () => {
      if (mode === 'forwards') return
      mode = 'forwards'
      cut()
    },
    inject: (client, bytes) => {
      const pair = [...pairs][client]
      if (!pair) throw new Error(`expected ${client + 1} open connections, got ${pairs.size}`)
      pair.broker.write(bytes)
    },
    [Symbol.asyncDispose]: async () => {
      mode = 'refuses'
      cut()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function connectTo(port: number): Socket {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true })
  // Its end is passed on, and is nobody's failure.
  socket.on('error', () => undefined)
  return socket
}

type Gate = { isOpen(): boolean; onClose(): void }

/** Passes bytes, hang-ups and ends from each to the other, while the gate is open. */
function join({ client, broker }: Pair, gate: Gate): void {
  const pass = (from: Socket, to: Socket) => {
    from.on('data', (chunk) => {
      if (gate.isOpen()) to.write(chunk)
    })
    from.on('end', () => {
      if (gate.isOpen()) to.end()
    })
    from.on('close', () => {
      if (!gate.isOpen()) return
      gate.onClose()
      to.destroy()
    })
  }
  pass(client, broker)
  pass(broker, client)
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address && typeof address === 'object') resolve(address.port)
      else reject(new Error('expected a TCP port, got a pipe'))
    })
  })
}
