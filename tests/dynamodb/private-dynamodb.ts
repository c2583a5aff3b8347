// An endpoint of DynamoDB's API for one case: dynalite, in memory, on a free port of the loopback
// interface. A gate stands before it: requests pass, or meet what a case wants them to.

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { dynamodbTable } from '../../shared/src/store/index.ts'
import { type Client, type Sdk } from './sdk.ts'

export const table = 'shop'

type Handle = (request: IncomingMessage, response: ServerResponse) => void

/** What becomes of one request: `pass` lets dynalite answer it. */
export type Meets = (
  request: IncomingMessage,
  response: ServerResponse,
  pass: () => void,
) => void | Promise<void>

export interface PrivateDynamodb extends AsyncDisposable {
  readonly endpoint: string
  /** A client of its own, which ends with the endpoint. */
  client(options?: { readonly maxAttempts?: number; readonly endpoint?: string }): Client
  /** The requests of this operation meet `meets` in order, one each; later ones pass. */
  gate(operation: string, ...meets: readonly Meets[]): void
}

export async function startDynamodb(sdk: Sdk): Promise<PrivateDynamodb> {
  const server = sdk.dynalite({ createTableMs: 0 })
  const [handle] = server.listeners('request') as Handle[]
  const gates = new Map<string, Meets[]>()
  server.removeAllListeners('request')
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const pass = () => handle?.(request, response)
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const meets = gates.get(operation)?.shift()
    if (meets) void meets(request, response, pass)
    else pass()
  })
  const endpoint = await listening(server)
  const clients: Client[] = []
  const client: PrivateDynamodb['client'] = (options = {}) => {
    const made = sdk.newClient({ endpoint, maxAttempts: 1, ...options })
    clients.push(made)
    return made
  }
  await sdk.createTable(client(), dynamodbTable(table))
  return {
    endpoint,
    client,
    gate: (operation, ...meets) => void gates.set(operation, [...meets]),
    [Symbol.asyncDispose]: async () => {
      for (const one of clients) one.destroy()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** The request takes effect, and its answer is lost. */
export const loseReply: Meets = (request, response, pass) => {
  response.end = () => {
    request.socket.resetAndDestroy()
    return response
  }
  pass()
}

/** The request never arrives. */
export const loseRequest: Meets = (request) => {
  request.socket.resetAndDestroy()
}

/** The connection stays, and nothing comes. */
export const hang: Meets = () => undefined

/** An error in the place of an answer. */
export const answer =
  (status: number, name: string): Meets =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}` }))
  }

function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address && typeof address === 'object') resolve(`http://127.0.0.1:${address.port}`)
      else reject(new Error('expected a TCP port, got a pipe'))
    })
  })
}
