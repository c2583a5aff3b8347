// Plays a specification once on the real, embedded broker and store, in a scratch folder of its
// own, with its servers on loopback. It plays one schedule, in which nothing expires and endpoints
// work one after the other, and says nothing of the others. It plays it twice: whatever differs
// the second time was remembered by something that a crash would have taken.

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
  type EndpointOptions,
  LocalCalls,
  type Routes,
  routesTo,
  type RunningEndpoint,
  startEndpoint,
  topologyOf,
} from '../pipeline/index.ts'
import { absent, sqliteStore, type Store } from '../store/index.ts'
import { patience, realWorld, type World } from '../world/index.ts'
import { handlersOf, madeBy } from './handlers.ts'
import { playedWorlds } from './played-worlds.ts'
import { around, endOf, limitsOf, verdictsOn } from './real/around.ts'
import { realClient } from './real-client.ts'
import { type Servers, startServers } from './real/servers.ts'
import type { Endpoint, Specification } from './specification.ts'

/** Nothing that a handler of an exercise does takes longer. */
const boundMs = 10_000
/** A handler of an exercise takes a few milliseconds, where the disk is not busy with others. */
const handlerMs = 5000
const pollMs = 2

/** Rejects with the `Violation` of the first property that does not hold. */
export async function play(specification: Specification): Promise<void> {
  const startMs = realWorld().clock.nowMs()
  const first = await playOnce(specification, startMs)
  demand(verdictsOn(first, specification))
  const second = await playOnce(specification, startMs)
  // Messages that are handled at once may meet in another order; what is promised holds in each.
  const isSame = (specification.prefetch ?? 1) > 1 || digest(first) === digest(second)
  if (isSame && !verdictsOn(second, specification).some(Boolean)) return
  throw new Violation(
    'HIDDEN_STATE',
    'expected the same run to end the same way again, got another end. Something outside of the ' +
      'store remembers the first run, and a crash would take it away',
  )
}

async function playOnce(specification: Specification, startMs: number): Promise<View> {
  const directory = await mkdtemp(join(tmpdir(), 'workshop-play-'))
  try {
    const history = new History()
    await using broker = recordedBroker(sqliteBroker({ directory }), history)
    await using store = recordedStore(
      sqliteStore({ directory, ...limitsOf(specification) }),
      history,
    )
    await run({ specification, broker, store, history, worldOf: playedWorlds(startMs) })
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
  readonly worldOf: (name: string) => World
}

type Served = Stage & { readonly servers: Servers }

async function run(set: Stage): Promise<void> {
  const { specification, broker } = set
  const { endpoints = {}, services = {}, stored = {} } = specification
  for (const [name, handlers] of Object.entries(madeBy(endpoints))) {
    await broker.declare(topologyOf({ name, handlers }))
  }
  for (const [key, value] of Object.entries(stored)) await set.store.save(key, value, absent)
  await send(set)
  await using servers = await startServers({ ...set, timeLimitMs: handlerMs })
  const stage = { ...set, servers }
  const calls = new LocalCalls()
  const serving: RunningEndpoint[] = []
  try {
    for (const [name, handlers] of Object.entries(services)) {
      const over = calls.servedOver(broker)
      serving.push(await startEndpoint(optionsFor({ ...stage, broker: over }, name, handlers)))
    }
    const clients = Promise.all(clientsOf(stage, calls))
    const queued = Object.entries(endpoints).map(([name, handlers]) =>
      optionsFor(stage, name, handlers),
    )
    const turns = takeTurns(queued, clients)
    // Nothing is at work any more when this ends, whoever failed.
    await Promise.allSettled([clients, turns])
    await clients
    await turns
  } finally {
    await Promise.all(serving.map((endpoint) => endpoint.stop({ drainMs: 0 })))
  }
}

function optionsFor(
  { specification, broker, store, history, servers, worldOf }: Served,
  name: string,
  handlers: Endpoint,
): EndpointOptions {
  return {
    name,
    handlers: handlersOf(name, handlers),
    broker,
    store,
    http: servers.http(name),
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

function clientsOf(stage: Served, calls: LocalCalls): readonly Promise<void>[] {
  const { specification, broker, history, servers, worldOf } = stage
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

/** Lets one endpoint after the other handle what waits for it while the rest have none at work:
 *  what two of them send at the same time would arrive in another order at the next play. Resolves
 *  when `clients` have ended, in whichever way, and nothing waits. */
async function takeTurns(
  endpoints: readonly EndpointOptions[],
  clients: Promise<unknown>,
): Promise<void> {
  const world = realWorld()
  const isLate = patience(boundMs)
  let isOver = false
  const end = (): void => void (isOver = true)
  clients.then(end, end)
  for (;;) {
    const isLastRound = isOver
    let isQuiet = true
    for (const endpoint of endpoints) {
      if ((await endpoint.broker.count(endpoint.name)) === 0) continue
      isQuiet = false
      await takeTurn(endpoint, { world, isLate })
    }
    if (isQuiet && isLastRound) return
    if (isQuiet) await world.sleep(pollMs)
  }
}

type Turn = { readonly world: World; readonly isLate: () => boolean }

/** Resolves when its queue is empty and nothing is in flight. */
async function takeTurn(endpoint: EndpointOptions, { world, isLate }: Turn): Promise<void> {
  const { name, broker } = endpoint
  const running = await startEndpoint(endpoint)
  try {
    while (!isLate()) {
      if ((await broker.count(name)) === 0 && running.inFlight === 0) return
      await world.sleep(pollMs)
    }
    throw new Violation(
      'STUCK',
      `expected every message to be handled within ${boundMs / 1000} s, got work left in ${name}`,
    )
  } finally {
    await running.stop({ drainMs: 0 })
  }
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
