// The servers of a specification in the real world, listening on loopback, and the calls of them,
// with what each has sent, answered and heard recorded.

import { type History, recordedHttp, recordedServe } from '../../check/index.ts'
import { fetchHttp, type RunningServer, serverOf, startServer } from '../../http/index.ts'
import type { Store } from '../../store/index.ts'
import type { Http, World } from '../../world/index.ts'
import { routesOf } from '../simulated-servers.ts'
import type { Specification } from '../specification.ts'

export type ServersOptions = {
  readonly specification: Specification
  readonly store: Store
  readonly history: History
  readonly worldOf: (name: string) => World
  /** How long a route may take, in milliseconds. */
  readonly timeLimitMs: number
}

export interface Servers extends AsyncDisposable {
  /** How `caller` calls them. */
  http(caller: string): Http
}

/** Resolves once they listen, one of each. Where the specification allows copies of requests, each
 *  request is sent that many times more, after its response. */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const { specification, store, history, worldOf, timeLimitMs } = options
  const { servers = {}, faults: { copiedRequests = 0 } = {} } = specification
  const running = new Map<string, RunningServer>()
  const origin = (server: string): string | undefined => running.get(server)?.origin
  const http = (caller: string): Http =>
    recordedHttp(copying(fetchHttp({ name: caller, origin }), copiedRequests), {
      caller,
      history,
      ids: worldOf(`${caller}:`).ids,
    })
  for (const [name, server] of Object.entries(servers)) {
    const serve = serverOf({
      name,
      routes: routesOf(server),
      store,
      http: http(name),
      world: worldOf(name),
      onFailure: (_request, error) => history.record({ kind: 'failed', error }),
    })
    const recorded = recordedServe(serve, { server: name, history })
    running.set(name, await startServer({ serve: recorded, timeLimitMs }))
  }
  return {
    http,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...running.values()].map((server) => server.stop()))
    },
  }
}

const copying = (http: Http, copies: number): Http => ({
  send: async (call) => {
    const response = await http.send(call)
    for (let copy = 0; copy < copies; copy += 1) {
      // Nobody hears what becomes of a copy.
      await http.send(call).catch(() => undefined)
    }
    return response
  },
})
