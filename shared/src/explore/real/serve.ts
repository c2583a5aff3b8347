// One endpoint or service of a specification, in a process of its own: it does what the director of
// the performance orders, and reports what happens to it, until it is told to stop.

import {
  type Broker,
  decoratedBroker,
  openBroker,
  sqliteBroker,
  type SqliteBrokerOptions,
} from '../../broker/index.ts'
import { codedFailure, recordedHttp, recordedServe } from '../../check/index.ts'
import { fetchHttp, type HttpEvent, serverOf, startServer } from '../../http/index.ts'
import type { WireMessage } from '../../message/index.ts'
import {
  LocalCalls,
  reasonOf,
  routesTo,
  type RunningEndpoint,
  startEndpoint,
} from '../../pipeline/index.ts'
import { sqliteStore, type Store } from '../../store/index.ts'
import { type Http, realWorld, type World } from '../../world/index.ts'
import { handlersOf, madeBy } from '../handlers.ts'
import { routesOf } from '../simulated-servers.ts'
import type { Specification } from '../specification.ts'
import { around, limitsOf } from './around.ts'
import { fewCoins } from './few-coins.ts'
import { Gate, gatedBroker, gatedStore } from './gate.ts'
import { Origins } from './origins.ts'
import type { Opening, Order, Report, ToldEvent } from './protocol.ts'
import { gatedHttp, laterWith } from './spoilt-http.ts'

/** Longer than a process is made to stand still for. */
const handlerMs = 8000
const drainMs = 2000

/** How a process hears from its director, and tells it. */
export type Channel = {
  readonly tell: (report: Report) => void
  /** Calls `listener` with each order from now on. */
  readonly onOrder: (listener: (order: Order) => void) => void
}

/** Resolves once it was told to stop, and has closed everything. Rejects where it cannot start. */
export async function serve(
  specification: Specification,
  opening: Opening,
  { tell, onOrder }: Channel,
): Promise<void> {
  const gate = new Gate(tell)
  const calls = new LocalCalls()
  const origins = new Origins()
  const begin = Promise.withResolvers<void>()
  const stop = Promise.withResolvers<void>()
  onOrder((order) => {
    if (order.kind === 'go') gate.go(order.number, order.spoiled)
    if (order.kind === 'begin') begin.resolve()
    if (order.kind === 'stop') stop.resolve()
    if (order.kind === 'servers') origins.set(order.listening)
    if (order.kind === 'call') {
      const answered = (failure: string | undefined): void =>
        tell({ kind: 'answered', number: order.number, failure })
      calls.call(opening.role.name, order.message).then(
        () => answered(undefined),
        (error: unknown) => answered(reasonOf(error)),
      )
    }
  })
  await using opened = await openedBroker(opening)
  await using store = sqliteStore({
    directory: opening.directory,
    ...limitsOf(specification),
  })
  tell({ kind: 'ready' })
  await Promise.race([begin.promise, stop.promise])
  const broker = reported(gatedBroker(opened, gate), tell)
  const { role } = opening
  const running = await start(specification, opening, {
    broker: role.kind === 'service' ? calls.servedOver(broker) : broker,
    store: gatedStore(store, gate),
    http: toldHttp(opening, { gate, origins, tell }),
    tell,
  })
  tell({ kind: 'begun', ...running.place })
  await stop.promise
  await running.stop({ drainMs })
}

async function openedBroker({ broker, leaseMs }: Opening): Promise<Broker> {
  if (broker.kind !== 'sqlite') return openBroker(broker)
  const options: SqliteBrokerOptions = { directory: broker.directory, leaseMs }
  return sqliteBroker(options)
}

type Adapters = {
  readonly broker: Broker
  readonly store: Store
  readonly http: Http
  readonly tell: (report: Report) => void
}

type Running = {
  readonly place?: { readonly origin: string }
  readonly stop: (options: { readonly drainMs: number }) => Promise<void>
}

const worldFor = ({ faults = {} }: Specification, seed: string): World =>
  fewCoins(realWorld({ seed }), faults.coins ?? 1)

async function start(
  specification: Specification,
  opening: Opening,
  adapters: Adapters,
): Promise<Running> {
  const { endpoints = {}, services = {}, prefetch = 1 } = specification
  const { name, kind } = opening.role
  if (kind === 'server') return startRoutes(specification, opening, adapters)
  const endpoint = (kind === 'service' ? services : endpoints)[name]
  if (endpoint === undefined) throw new Error(`expected ${name} in the specification, got none`)
  const { broker, store, http, tell } = adapters
  const onFailure = (message: WireMessage, error: unknown): void =>
    tell({ kind: 'failed', message, ...failureOf(error) })
  const running: RunningEndpoint = await startEndpoint({
    name,
    handlers: handlersOf(name, endpoint),
    broker,
    store,
    http,
    world: worldFor(specification, opening.seed),
    routes: routesTo({ ...madeBy(endpoints), ...madeBy(services) }),
    prefetch,
    behaviours: around(specification, { endpoint, handlerMs, onFailure }),
  })
  return { stop: (options) => running.stop(options) }
}

async function startRoutes(
  specification: Specification,
  { role: { name }, seed }: Opening,
  { store, http, tell }: Adapters,
): Promise<Running> {
  const server = specification.servers?.[name]
  if (server === undefined) throw new Error(`expected ${name} in the specification, got none`)
  const serve = serverOf({
    name,
    routes: routesOf(server),
    store,
    http,
    world: worldFor(specification, seed),
    onFailure: (_request, error) => tell({ kind: 'failed', ...failureOf(error) }),
  })
  const running = await startServer({
    serve: recordedServe(serve, { server: name, history: toldBy(tell) }),
    timeLimitMs: handlerMs,
  })
  return { place: { origin: running.origin }, stop: (options) => running.stop(options) }
}

function failureOf(error: unknown) {
  const code = codedFailure(error)?.code
  const reason = error instanceof Error && code !== undefined ? error.message : reasonOf(error)
  return { code, reason }
}

type Calling = {
  readonly gate: Gate
  readonly origins: Origins
  readonly tell: (report: Report) => void
}

/** How it calls servers: the director is asked, and hears of it. */
function toldHttp({ role }: Opening, { gate, origins, tell }: Calling): Http {
  const fetched = fetchHttp({ name: role.name, origin: (server) => origins.of(server) })
  const later = laterWith((by) => tell({ kind: 'late', by }))
  return recordedHttp(gatedHttp(fetched, gate, later), {
    caller: role.name,
    history: toldBy(tell),
    ids: realWorld().ids,
  })
}

const toldBy = (tell: (report: Report) => void) => ({
  record: (event: HttpEvent): void => tell({ kind: 'exchanged', event: told(event) }),
})

function told(event: HttpEvent): ToldEvent {
  if (!('error' in event)) return event
  const { error, ...rest } = event
  return { ...rest, outcome: error.name }
}

/** `broker`, whose deliveries are reported. */
function reported(broker: Broker, tell: (report: Report) => void): Broker {
  return decoratedBroker(broker, {
    consume: (queue, handle, options) =>
      broker.consume(
        queue,
        async (delivery) => {
          const { message } = delivery
          tell({ kind: 'delivered', queue, message })
          const outcome = await handle(delivery)
          tell({ kind: 'settled', queue, message, outcome: outcome.kind })
          return outcome
        },
        options,
      ),
  })
}
