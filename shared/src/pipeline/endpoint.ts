// An endpoint: a queue, the handlers of what arrives in it, and the behaviours around them. It can
// be started any number of times, in any number of processes; the instances share the queue.

import type { Broker, Consumer, ConsumerStats, StopOptions, Topology } from '../broker/index.ts'
import type { Store } from '../store/index.ts'
import { type Http, noHttp, realWorld, type World } from '../world/index.ts'
import type { Behaviour } from './behaviour.ts'
import { standard } from './behaviours/standard.ts'
import type { Dispatch, Log } from './context.ts'
import { checkHandlers, type Handler } from './handler.ts'
import { silent } from './log.ts'
import { receiver } from './receiver.ts'
import { type Routes, type Sender, sender } from './sender.ts'
import { watched } from './watch.ts'

export type EndpointOptions = {
  /** Also the name of its queue. */
  readonly name: string
  readonly handlers: readonly Handler[]
  readonly broker: Broker
  readonly store: Store
  /** How its handlers call other systems. */
  readonly http?: Http
  /** The outermost first. Default: `standard()`. */
  readonly behaviours?: readonly Behaviour[]
  /** Where commands go. The commands that it handles itself need no route. */
  readonly routes?: Routes
  /** How many messages it handles at once. Default 10. */
  readonly prefetch?: number
  /** How often a message is handed out before the broker itself makes it a dead letter. Default
   *  20. */
  readonly deliveryLimit?: number
  readonly world?: World
  readonly log?: Log
}

export interface RunningEndpoint extends AsyncDisposable {
  readonly name: string
  readonly stats: ConsumerStats
  readonly inFlight: number
  /** Whether messages are handed to it: not while it is cut off, nor once it stops. */
  readonly isReceiving: boolean
  /** Whether `stop` was called. */
  readonly isStopped: boolean
  /** Takes nothing more, finishes what is in flight or gives it back, and leaves the queue. */
  stop(options?: StopOptions): Promise<void>
}

/** The queue of an endpoint, and the events that it has subscribed to by handling them. */
export function topologyOf({
  name,
  handlers,
  deliveryLimit,
}: Pick<EndpointOptions, 'name' | 'handlers' | 'deliveryLimit'>): Topology {
  return {
    queues: [{ name, ...(deliveryLimit === undefined ? {} : { deliveryLimit }) }],
    bindings: handlers
      .filter(({ definition }) => definition.kind === 'event')
      .map(({ definition }) => ({ event: definition.type, queue: name })),
  }
}

/** The routes to a set of endpoints: each command to the one that handles it. */
export function routesTo(endpoints: Readonly<Record<string, readonly Handler[]>>): Routes {
  const routes: Record<string, string> = {}
  for (const [name, handlers] of Object.entries(endpoints)) {
    for (const { definition } of handlers) {
      if (definition.kind !== 'command') continue
      const other = routes[definition.type]
      if (other !== undefined) {
        throw new Error(
          `expected one endpoint for the command ${definition.type}, got ${other} and ${name}`,
        )
      }
      routes[definition.type] = name
    }
  }
  return routes
}

/** Declares the queue and starts to consume it. */
export async function startEndpoint(options: EndpointOptions): Promise<RunningEndpoint> {
  const { name, handlers, broker, store, prefetch, log = silent } = options
  const { behaviours = standard(), world = realWorld(), http = noHttp } = options
  checkHandlers(name, handlers)
  const dispatch = dispatchTo(broker)
  const receive = receiver({
    endpoint: name,
    handlers,
    behaviours: behaviours.flatMap(({ incoming }) => incoming ?? []),
    store,
    http,
    dispatch,
    sender: sender({
      endpoint: name,
      world,
      routes: { ...routesTo({ [name]: handlers }), ...options.routes },
      behaviours: behaviours.flatMap(({ outgoing }) => outgoing ?? []),
      log,
    }),
    world,
    log,
  })
  const watches = behaviours.flatMap(({ watch }) => watch ?? [])
  const { clock } = world
  const { handle, onSettled } = watched(receive, watches, { endpoint: name, clock, log })
  await broker.declare(topologyOf(options))
  const consumer = await broker.consume(name, handle, {
    ...(prefetch === undefined ? {} : { prefetch }),
    ...(onSettled ? { onSettled } : {}),
  })
  return new Running(name, consumer, behaviours)
}

export type ClientOptions = Pick<EndpointOptions, 'name' | 'broker' | 'behaviours' | 'world'> & {
  readonly routes: Routes
  readonly log?: Log
}

/** Sends commands and publishes events from outside of any handler. */
export function client(options: ClientOptions): Sender {
  const { name, broker, routes, behaviours = [], world = realWorld(), log = silent } = options
  const outgoing = behaviours.flatMap((behaviour) => behaviour.outgoing ?? [])
  return sender({ endpoint: name, world, routes, behaviours: outgoing, log })({
    dispatch: dispatchTo(broker),
  })
}

function dispatchTo(broker: Broker): (dispatch: Dispatch) => Promise<void> {
  return ({ to, message, delayMs }) =>
    broker.publish(to, message, delayMs > 0 ? { delayMs } : undefined)
}

class Running implements RunningEndpoint {
  readonly name: string
  readonly #consumer: Consumer
  readonly #behaviours: readonly Behaviour[]
  #isStopped = false

  constructor(name: string, consumer: Consumer, behaviours: readonly Behaviour[]) {
    this.name = name
    this.#consumer = consumer
    this.#behaviours = behaviours
  }

  get stats(): ConsumerStats {
    return this.#consumer.stats
  }

  get inFlight(): number {
    return this.#consumer.inFlight
  }

  get isReceiving(): boolean {
    return this.#consumer.isReceiving
  }

  get isStopped(): boolean {
    return this.#isStopped
  }

  async stop(options?: StopOptions): Promise<void> {
    this.#isStopped = true
    await this.#consumer.stop(options)
    for (const { finished } of this.#behaviours) await finished?.()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }
}
