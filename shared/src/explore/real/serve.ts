// One endpoint or service of a specification, in a process of its own: it does what the director of
// the performance orders, and reports what happens to it, until it is told to stop.

import {
  type Broker,
  decoratedBroker,
  openBroker,
  sqliteBroker,
  type SqliteBrokerOptions,
} from '../../broker/index.ts'
import { codedFailure } from '../../check/index.ts'
import type { WireMessage } from '../../message/index.ts'
import {
  LocalCalls,
  reasonOf,
  routesTo,
  type RunningEndpoint,
  startEndpoint,
} from '../../pipeline/index.ts'
import { sqliteStore, type Store } from '../../store/index.ts'
import { realWorld } from '../../world/index.ts'
import { handlersOf, madeBy } from '../handlers.ts'
import type { Specification } from '../specification.ts'
import { around } from './around.ts'
import { fewCoins } from './few-coins.ts'
import { Gate, gatedBroker, gatedStore } from './gate.ts'
import type { Opening, Order, Report } from './protocol.ts'

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
  const begin = Promise.withResolvers<void>()
  const stop = Promise.withResolvers<void>()
  onOrder((order) => {
    if (order.kind === 'go') gate.go(order.number, order.spoiled)
    if (order.kind === 'begin') begin.resolve()
    if (order.kind === 'stop') stop.resolve()
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
  await using store = sqliteStore({ directory: opening.directory })
  tell({ kind: 'ready' })
  await Promise.race([begin.promise, stop.promise])
  const broker = reported(gatedBroker(opened, gate), tell)
  const running = await start(specification, opening, {
    broker: opening.role.isService ? calls.servedOver(broker) : broker,
    store: gatedStore(store, gate),
    tell,
  })
  tell({ kind: 'begun' })
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
  readonly tell: (report: Report) => void
}

function start(
  specification: Specification,
  { role, seed }: Opening,
  { broker, store, tell }: Adapters,
): Promise<RunningEndpoint> {
  const { endpoints = {}, services = {}, prefetch = 1, faults = {} } = specification
  const { name, isService } = role
  const endpoint = (isService ? services : endpoints)[name]
  if (endpoint === undefined) throw new Error(`expected ${name} in the specification, got none`)
  const onFailure = (message: WireMessage, error: unknown): void => {
    const code = codedFailure(error)?.code
    const reason = error instanceof Error && code !== undefined ? error.message : reasonOf(error)
    tell({ kind: 'failed', message, code, reason })
  }
  return startEndpoint({
    name,
    handlers: handlersOf(name, endpoint),
    broker,
    store,
    world: fewCoins(realWorld({ seed }), faults.coins ?? 1),
    routes: routesTo({ ...madeBy(endpoints), ...madeBy(services) }),
    prefetch,
    behaviours: around(specification, { endpoint, handlerMs, onFailure }),
  })
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
