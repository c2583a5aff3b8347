// Plays a specification once on the real, embedded broker and store, in a scratch folder of its
// own, with its servers on loopback. It plays one schedule, in which nothing expires, and says
// nothing of the others. It plays it twice: whatever differs the second time was remembered by
// something that a crash would have taken.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  demand,
  History,
  recordedBroker,
  recordedStore,
  type View,
  Violation,
} from '../check/index.ts'
import { type Broker, sqliteBroker } from '../broker/index.ts'
import { canonicalJson, messageId, textOf } from '../message/index.ts'
import {
  client,
  LocalCalls,
  type Routes,
  routesTo,
  type RunningEndpoint,
  startEndpoint,
  topologyOf,
} from '../pipeline/index.ts'
import { absent, sqliteStore, type Store } from '../store/index.ts'
import { realWorld, type World } from '../world/index.ts'
import { handlersOf, madeBy } from './handlers.ts'
import { around, endOf, limitsOf, verdictsOn } from './real/around.ts'
import { realClient } from './real-client.ts'
import { type Servers, startServers } from './real/servers.ts'
import type { Endpoint, Specification } from './specification.ts'

/** Nothing that a handler of an exercise does takes longer. */
const boundMs = 10_000
/** A handler of an exercise takes a few milliseconds; four tests of one that hangs, a few
 *  seconds. */
const handlerMs = 2000

/** Rejects with the `Violation` of the first property that does not hold. */
export async function play(specification: Specification): Promise<void> {
  const first = await playOnce(specification)
  demand(verdictsOn(first, specification))
  const second = await playOnce(specification)
  // Messages that are handled at once may meet in another order; what is promised holds in each.
  const isSame = (specification.prefetch ?? 1) > 1 || digest(first) === digest(second)
  if (isSame && !verdictsOn(second, specification).some(Boolean)) return
  throw new Violation(
    'HIDDEN_STATE',
    'expected the same run to end the same way again, got another end. Something outside of the ' +
      'store remembers the first run, and a crash would take it away',
  )
}

async function playOnce(specification: Specification): Promise<View> {
  const directory = await mkdtemp(join(tmpdir(), 'workshop-play-'))
  try {
    const history = new History()
    await using broker = recordedBroker(sqliteBroker({ directory }), history)
    await using store = recordedStore(
      sqliteStore({ directory, ...limitsOf(specification) }),
      history,
    )
    await run({ specification, broker, store, history })
    return await endOf(specification, { broker, store, history: history.events })
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

type Stage = {
  readonly specification: Specification
  readonly broker: Broker
  readonly store: Store
  readonly history: History
}

async function run(stage: Stage): Promise<void> {
  const { specification, broker } = stage
  const { endpoints = {}, services = {}, stored = {} } = specification
  for (const [name, handlers] of Object.entries(madeBy(endpoints))) {
    await broker.declare(topologyOf({ name, handlers }))
  }
  for (const [key, value] of Object.entries(stored)) await stage.store.save(key, value, absent)
  await send(stage)
  await using servers = await startServers({ ...stage, worldOf, timeLimitMs: handlerMs })
  const calls = new LocalCalls()
  const running: RunningEndpoint[] = []
  const start = async (name: string, handlers: Endpoint, on: Broker): Promise<void> => {
    running.push(
      await startEndpoint({
        ...optionsFor(stage, name, handlers),
        broker: on,
        http: servers.http(name),
      }),
    )
  }
  try {
    for (const [name, handlers] of Object.entries(endpoints)) await start(name, handlers, broker)
    for (const [name, handlers] of Object.entries(services)) {
      await start(name, handlers, calls.servedOver(broker))
    }
    await Promise.all(clientsOf(stage, { calls, servers }))
    await quiet(stage, running)
  } finally {
    await Promise.all(running.map((endpoint) => endpoint.stop({ drainMs: 0 })))
  }
}

function optionsFor({ specification, store, history }: Stage, name: string, handlers: Endpoint) {
  return {
    name,
    handlers: handlersOf(name, handlers),
    store,
    world: worldOf(name),
    routes: routesOf(specification),
    prefetch: specification.prefetch ?? 1,
    behaviours: around(specification, {
      endpoint: handlers,
      handlerMs,
      onFailure: (message, error) => history.record({ kind: 'failed', message, error }),
    }),
  }
}

/** Real time, and ids that are the same when the same thing is played again. */
function worldOf(name: string): World {
  let made = 0
  return {
    ...realWorld({ seed: 'play' }),
    ids: { next: () => `${name}.${(made += 1)}` },
  }
}

const routesOf = ({ endpoints = {}, services = {} }: Specification): Routes =>
  routesTo({ ...madeBy(endpoints), ...madeBy(services) })

async function send({ specification, broker }: Stage): Promise<void> {
  const { given = [], faults } = specification
  const customer = client({ name: 'customer', broker, routes: routesOf(specification) })
  for (const [index, outgoing] of given.entries()) {
    const message = { ...outgoing, id: outgoing.id ?? messageId(`given-${index + 1}`) }
    for (let copy = 0; copy <= (faults?.duplicates ?? 0); copy += 1) {
      await (message.kind === 'event'
        ? customer.publish({ ...message, kind: 'event' })
        : customer.send({ ...message, kind: 'command' }))
    }
  }
}

type Called = { readonly calls: LocalCalls; readonly servers: Servers }

function clientsOf(stage: Stage, { calls, servers }: Called): readonly Promise<void>[] {
  const { specification, broker, history } = stage
  const routes = routesOf(specification)
  return Object.entries(specification.clients ?? {}).map(([name, script]) =>
    script(
      realClient(name, {
        broker,
        calls,
        http: servers.http(name),
        history,
        routes,
        world: worldOf(name),
        behaviours: specification.behaviours?.() ?? [],
        boundMs,
      }),
    ),
  )
}

/** Resolves when every queue is empty and nothing is in flight. */
async function quiet(stage: Stage, running: readonly RunningEndpoint[]): Promise<void> {
  const queues = Object.keys(stage.specification.endpoints ?? {})
  const world = realWorld()
  const giveUpAtMs = world.clock.nowMs() + boundMs
  while (world.clock.nowMs() < giveUpAtMs) {
    const waiting = await Promise.all(queues.map((name) => stage.broker.count(name)))
    if (waiting.every((count) => count === 0) && running.every(({ inFlight }) => inFlight === 0)) {
      return
    }
    await world.sleep(2)
  }
  const busy = running.filter(({ inFlight }) => inFlight > 0).map(({ name }) => name)
  throw new Violation(
    'STUCK',
    `expected every message to be handled within ${boundMs / 1000} s, got work left in ` +
      (busy.join(', ') || 'a queue'),
  )
}

function digest({ history }: View): string {
  const events = history.flatMap((event) => {
    if (event.kind === 'saved') return [`saved ${event.key} ${canonicalJson(event.value)}`]
    if (event.kind === 'removed') return [`removed ${event.key}`]
    if (event.kind !== 'published') return []
    return [`published ${event.message.type} ${textOf(event.message)}`]
  })
  return canonicalJson(events.sort())
}
