// HTTP in a simulated world: requests travel, arrive, are answered, and responses travel back. It
// keeps nothing of its own: a server that dies leaves those who wait without a response.
//
// The faults, by the budget that they spend. `refusedRequests`: the connection is refused, and the
// caller knows. `lostRequests`: never arrives. `delayedRequests`: arrives at any later time, after
// its caller has given up. `copiedRequests`: what has arrived before arrives once more, at any
// later time, as proxies and retries do; nobody hears the response to a copy. `lostResponses`:
// answered, and nobody hears it. But for refusals and copies, the caller is told `Unknown`.

import {
  digestOf,
  digestOfText,
  empty,
  join,
  mix,
  type Process,
  type Simulation,
  type Step,
} from '../../simulation/index.ts'
import { type Http, type HttpResponse, Unavailable, Unknown } from '../../world/index.ts'
import {
  responseOf,
  type Serve,
  type WireRequest,
  wireRequestOf,
  type WireResponse,
} from '../wire.ts'
import { detailOf, type HttpEvent, type Told } from './detail.ts'
import { type Arrival, type Exchange, Inbound } from './inbound.ts'

export type SimulatedHttpOptions = {
  /** Is told what happened, at the moment when it did. */
  readonly record?: (event: HttpEvent) => void
}

export type Serving = {
  readonly handle: Serve
  /** How many requests at the same time. Default 1. */
  readonly atOnce?: number
}

type Sending = {
  readonly server: Inbound
  readonly caller: string
  readonly request: WireRequest
}

type Loop = {
  readonly server: Inbound
  readonly handle: Serve
  /** What it is at work on, and somebody waits for. */
  readonly taken: Set<Exchange>
}

export class SimulatedHttp {
  readonly #simulation: Simulation
  readonly #record: (event: HttpEvent) => void
  readonly #servers = new Map<string, Inbound>()
  /** How many requests each lane has sent, and how often each request has arrived. */
  readonly #counts = new Map<string, number>()
  readonly #awaited = new Set<Exchange>()

  constructor(simulation: Simulation, { record = () => undefined }: SimulatedHttpOptions = {}) {
    this.#simulation = simulation
    this.#record = record
    simulation.state(() => this.digest())
  }

  /** Adds a server, which has instances or will have them. */
  declare(name: string): void {
    this.#servers.set(name, new Inbound(name, this.#simulation))
  }

  /** How `process` calls others. `caller` stands for all instances of its code. */
  open(process: Process, caller: string): Http {
    const waiting = new Set<Exchange>()
    process.onCrash(() => {
      for (const exchange of waiting) this.#forget(exchange)
    })
    return {
      send: async (call) => {
        const request = wireRequestOf(call)
        const server = this.#server(call.to)
        const exchange = await process.operation(
          this.#sending(process, { server, caller, request }),
        )
        waiting.add(exchange)
        try {
          return await process.operation(this.#hearing(exchange))
        } finally {
          waiting.delete(exchange)
        }
      },
    }
  }

  /** Lets `process` answer the requests to `server`, `atOnce` of them at the same time. */
  serve(process: Process, name: string, { handle, atOnce = 1 }: Serving): void {
    const server = this.#server(name)
    const taken = new Set<Exchange>()
    process.onCrash(() => {
      const error = new Unknown(`expected a response of ${name}, the connection was lost`)
      for (const exchange of taken) if (exchange.isAwaited) exchange.told ??= { error }
    })
    for (let loop = 0; loop < atOnce; loop += 1)
      void this.#serve(process, { server, handle, taken })
  }

  async #serve(process: Process, { server, handle, taken }: Loop): Promise<never> {
    const { signal } = new AbortController()
    for (;;) {
      const arrival = await process.operation(this.#taking(server))
      const { exchange, kind } = arrival
      if (kind === 'first') taken.add(exchange)
      const response = await handle(exchange.request, signal)
      await process.operation<void>(this.#answering(arrival, response))
      taken.delete(exchange)
    }
  }

  /** Gives the exchange of a request that somebody waits for; throws where nobody has to wait. */
  #sending(process: Process, { server, caller, request }: Sending): Step<Exchange> {
    let exchange: Exchange | undefined
    const begin = (isAwaited: boolean): Exchange => {
      const id = this.#counted(this.#simulation.current?.name ?? process.name, ':')
      const digest = mix(digestOfText(id), digestOf(request))
      const parties = { server: server.name, caller, from: process.name }
      exchange = { id, ...parties, request, digest, told: undefined, isAwaited }
      this.#record({ kind: 'requested', id, caller, server: server.name, request })
      if (isAwaited) this.#awaited.add(exchange)
      return exchange
    }
    const timedOut = (made: Exchange): never => {
      const error = new Unknown(`expected a response of ${server.name} in time, got none`)
      this.#tell(made, { error })
      throw error
    }
    return {
      kind: 'request',
      resource: server.resource,
      access: 'write',
      effect: () => {
        const made = begin(true)
        server.arrive(made, 'first')
        return made
      },
      faults: [
        {
          spends: 'refusedRequests',
          effect: () => {
            const error = new Unavailable(
              `expected ${server.name} to take a connection, it refused`,
            )
            this.#tell(begin(false), { error })
            throw error
          },
        },
        { spends: 'lostRequests', effect: () => timedOut(begin(false)) },
        {
          spends: 'delayedRequests',
          effect: () => {
            const made = begin(false)
            server.delay(made)
            return timedOut(made)
          },
        },
      ],
      digest: ({ id }) => digestOfText(id),
      detail: () => exchange && detailOf('request', exchange),
    }
  }

  #taking(server: Inbound): Step<Arrival> {
    let arrival: Arrival | undefined
    return {
      kind: 'take',
      resource: server.resource,
      access: 'write',
      idle: true,
      guard: () => server.waiting.length > 0,
      effect: () => {
        const next = server.waiting.shift()
        if (!next) throw new Error(`expected a request to ${server.name}, got none`)
        return (arrival = next)
      },
      opens: ({ exchange }) => this.#counted(exchange.id, '#'),
      offers: () => server.waiting[0]?.exchange.id,
      digest: ({ exchange, kind }) => mix(exchange.digest, digestOfText(kind)),
      detail: () => arrival && detailOf('take', arrival.exchange, { arrival: arrival.kind }),
    }
  }

  #answering({ exchange, kind }: Arrival, response: WireResponse): Step<void> {
    const { id, server, caller, request } = exchange
    const isFirst = kind === 'first'
    const isHeard = (): boolean => isFirst && exchange.isAwaited && exchange.told === undefined
    let wasHeard = false
    const answer = (): void =>
      this.#record({ kind: 'responded', id, caller, server, request, response })
    return {
      kind: 'respond',
      resource: `response ${id}`,
      access: 'write',
      closes: true,
      effect: () => {
        answer()
        wasHeard = isHeard()
        if (wasHeard) exchange.told = { response }
      },
      faults: [
        {
          spends: 'lostResponses',
          variants: () => (isHeard() ? 1 : 0),
          effect: () => {
            answer()
            exchange.told = { error: new Unknown(`expected a response of ${server}, it was lost`) }
          },
        },
      ],
      detail: () => detailOf('respond', exchange, { arrival: kind, response, isHeard: wasHeard }),
    }
  }

  #hearing(exchange: Exchange): Step<HttpResponse> {
    return {
      kind: 'hear',
      resource: `response ${exchange.id}`,
      access: 'read',
      guard: () => exchange.told !== undefined,
      effect: () => {
        const { told } = exchange
        this.#forget(exchange)
        if (!told) throw new Error(`expected a response to ${exchange.id}, got none`)
        this.#tell(exchange, told)
        if ('error' in told) throw told.error
        return responseOf(told.response)
      },
      detail: () => detailOf('hear', exchange),
    }
  }

  #tell({ id, caller, server, request }: Exchange, told: Told): void {
    this.#record({ kind: 'heard', id, caller, server, request, ...told })
  }

  #forget(exchange: Exchange): void {
    exchange.isAwaited = false
    this.#awaited.delete(exchange)
  }

  /** `ann:2` for the second request of ann, `ann:2#1` for its first arrival. */
  #counted(name: string, mark: ':' | '#'): string {
    const key = `${name}${mark}`
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    return `${key}${count}`
  }

  #server(name: string): Inbound {
    const server = this.#servers.get(name)
    if (server) return server
    const known = [...this.#servers.keys()].join(', ') || 'none'
    throw new Error(`expected the name of a server (${known}), got ${name}`)
  }

  /** The counts are part of it, as lanes are named by them. */
  digest(): number {
    let digest = empty
    for (const server of this.#servers.values()) digest = join(digest, server.digest())
    for (const { digest: id, told } of this.#awaited) {
      digest = join(digest, mix(id, told ? digestOf(told) : 0))
    }
    for (const [key, count] of this.#counts) digest = join(digest, mix(digestOfText(key), count))
    return digest
  }
}
