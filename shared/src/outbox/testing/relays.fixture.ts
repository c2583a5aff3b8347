// A simulated world for what comes after the endpoints: one endpoint whose messages were saved and
// never sent, as if it had died each time and its messages never came back; and the processes of a
// test, which find that.

import { decoratedBroker, SimulatedBroker } from '../../broker/index.ts'
import { History, LiveView, type Verdict, type View } from '../../check/index.ts'
import { encode, messageId } from '../../message/index.ts'
import { type Behaviour, startEndpoint, topologyOf } from '../../pipeline/index.ts'
import { AddItem } from '../../shop/index.ts'
import {
  type ExploreSystemOptions,
  exploreSystem,
  type Process,
  type Simulation,
  simulatedWorld,
} from '../../simulation/index.ts'
import { type Store, SimulatedStore } from '../../store/index.ts'
import { Unavailable, type World } from '../../world/index.ts'
import type { Broker } from '../../broker/index.ts'
import { NotDispatched } from '../outbox.ts'
import { rightOutbox } from './mutants.ts'
import { addItem, gifts } from './orders.fixture.ts'

/** Takes place after everything that endpoints do, which takes no time. */
export const laterMs = 10_000

export type Helper = (parts: {
  readonly world: World
  readonly store: Store
  readonly broker: Broker
}) => Promise<void>

export type Afterwards = {
  /** By name; each may be crashed. */
  readonly helpers: Readonly<Record<string, Helper>>
  /** Which messages are never sent. Default: all. */
  readonly isLeft?: (id: string) => boolean
  /** Default: `rightOutbox`, of an endpoint that never crashes. */
  readonly outbox?: () => Behaviour
  readonly finally: (end: View) => readonly Verdict[]
}

/** Explores the world; gives the code of what is wrong in it, and how much was covered. */
export async function exploreAfterwards(
  afterwards: Afterwards,
  options: Omit<ExploreSystemOptions, 'system'> = {},
) {
  const { counterexample, coverage } = await exploreSystem({
    ...options,
    system: (simulation) => system(simulation, afterwards),
  })
  return {
    code: counterexample?.finding.code,
    sentence: counterexample?.finding.sentence,
    coverage,
  }
}

function system(simulation: Simulation, afterwards: Afterwards) {
  const { helpers, isLeft = () => true, outbox } = afterwards
  const history = new History()
  const record = { record: (event: Parameters<History['record']>[0]) => history.record(event) }
  const broker = new SimulatedBroker(simulation, record)
  const store = new SimulatedStore(simulation, record)
  simulation.state(() => history.digest)
  broker.declare(topologyOf({ name: 'orders', handlers: [addItem] }))
  for (const [index, gift] of gifts.entries()) {
    const message = { ...AddItem(gift), id: messageId(`given-${index + 1}`), headers: {} }
    broker.enqueue({ queue: 'orders' }, encode(message))
  }
  simulation.process({
    name: 'orders-1',
    canCrash: outbox !== undefined,
    start: (process) =>
      startOrders({ process, broker, store, isLeft, outbox: outbox ?? rightOutbox }),
  })
  for (const [name, help] of Object.entries(helpers)) {
    simulation.process({
      name,
      group: name.replace(/-\d+$/, ''),
      start: (process) => {
        const parts = { store: store.open(process), broker: broker.open(process) }
        help({ ...parts, world: simulatedWorld(process) }).catch((cause: unknown) => {
          simulation.report({ code: 'STUCK', sentence: `${name} failed: ${String(cause)}`, cause })
        })
      },
    })
  }
  const end = new LiveView({
    entity: (key) => store.value(key),
    entries: () => store.entries(),
    deadLetters: () => [],
    history,
  })
  return { atEnd: () => afterwards.finally(end).find((verdict) => verdict !== undefined) }
}

type Orders = {
  readonly process: Process
  readonly broker: SimulatedBroker
  readonly store: SimulatedStore
  readonly isLeft: (id: string) => boolean
  readonly outbox: () => Behaviour
}

function startOrders({ process, broker, store, isLeft, outbox }: Orders): void {
  void startEndpoint({
    name: 'orders',
    handlers: [addItem],
    broker: decoratedBroker(broker.open(process), { declare: () => Promise.resolve() }),
    store: store.open(process),
    world: simulatedWorld(process),
    prefetch: 1,
    behaviours: [leaving(isLeft), outbox()],
  })
}

const leaving = (isLeft: (id: string) => boolean): Behaviour => ({
  incoming: async ({ message }, next) => {
    if (!isLeft(message.id)) return next()
    const dispatch = (): Promise<void> => Promise.reject(new Unavailable('it has died'))
    await next({ dispatch }).catch((error: unknown) => {
      if (!(error instanceof NotDispatched)) throw error
    })
  },
})
