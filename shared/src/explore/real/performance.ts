// One performance of a specification: its endpoints and services as operating-system processes,
// over a real broker and a file of the store. The director, here, allows what they do, spends the
// faults of the plan, kills and restarts, and knows when nothing is left to do.

import { type Broker, decoratedBroker } from '../../broker/index.ts'
import { type History, type View, Violation } from '../../check/index.ts'
import { messageId, type WireMessage } from '../../message/index.ts'
import { client, type Routes, routesTo, topologyOf } from '../../pipeline/index.ts'
import { absent, type Store } from '../../store/index.ts'
import { patience, realWorld, within } from '../../world/index.ts'
import { madeBy } from '../handlers.ts'
import { realClient } from '../real-client.ts'
import type { Specification } from '../specification.ts'
import { endOf } from './around.ts'
import { Chronicle } from './chronicle.ts'
import { lateMs } from './gate.ts'
import { Ledger } from './ledger.ts'
import type { Plan } from './plan.ts'
import type { Role } from './protocol.ts'
import { Troupe, type TroupeOptions } from './troupe.ts'

/** Within which everything is done. Nothing that a handler of an exercise does takes longer. */
const workMs = 40_000
/** So much longer for each process that is killed, and has to start again. */
const restartMs = 3000
const pollMs = 3

export type PerformanceOptions = Pick<TroupeOptions, 'spawn' | 'setting'> & {
  readonly specification: Specification
  readonly plan: Plan
  readonly broker: Broker
  readonly store: Store
}

export type Performed = { readonly end: View; readonly story: string }

/** Resolves when nothing is left to do and every process has ended. Rejects with a `Violation`
 *  that says `STUCK`, or with an Error about a process that ended by itself. */
export async function perform(options: PerformanceOptions): Promise<Performed> {
  const { specification, store } = options
  const chronicle = new Chronicle()
  const { endpoints = {}, services = {}, stored = {} } = specification
  const queued = madeBy(endpoints)
  const topologies = Object.entries(queued).map(([name, handlers]) =>
    topologyOf({ name, handlers }),
  )
  const roles = rolesOf(specification)
  const served = new Set(roles.filter(({ kind }) => kind === 'endpoint').map(({ name }) => name))
  const ledger = new Ledger([...served], topologies)
  // The processes load what they need while the stage is set.
  await using troupe = new Troupe({ ...options, roles, chronicle, ledger })
  const broker = copying({ ...options, ledger })
  const routes = routesTo({ ...queued, ...madeBy(services) })
  for (const topology of topologies) await broker.declare(topology)
  for (const [key, value] of Object.entries(stored)) await store.save(key, value, absent)
  await sendGiven(specification, broker, routes)
  await troupe.begin()
  const boundMs = workMs + restartMs * (specification.faults?.crashes ?? 0)
  const bounded = { troupe, ledger, chronicle, boundMs }
  const clients = startClients({ ...bounded, specification, broker, routes })
  await troupe.orFails(inTime(clients, bounded))
  await troupe.orFails(quiet({ ...bounded, broker: options.broker, served }))
  await troupe.stop()
  const ended = { broker: options.broker, store, history: chronicle.events }
  return { end: await endOf(specification, ended), story: chronicle.story }
}

function rolesOf({ endpoints = {}, services = {}, servers = {}, ...rest }: Specification) {
  const { instances = 2 } = rest
  const named = (name: string, kind: Role['kind']) => {
    const count = typeof instances === 'number' ? instances : (instances[name] ?? 2)
    return Array.from({ length: count }, (_, index) => ({
      name,
      kind,
      instance: `${name}-${index + 1}`,
    }))
  }
  return [
    ...Object.keys(endpoints).flatMap((name) => named(name, 'endpoint')),
    ...Object.keys(services).flatMap((name) => named(name, 'service')),
    ...Object.keys(servers).flatMap((name) => named(name, 'server')),
  ]
}

type Copying = Pick<PerformanceOptions, 'broker' | 'plan'> & { readonly ledger: Ledger }

/** The broker for what comes from outside: some of it arrives twice, as the plan says. */
function copying({ broker, plan, ledger }: Copying): Broker {
  return decoratedBroker(broker, {
    publish: async (to, message, options) => {
      const isTaken = ledger.queuesOf(to).length > 0
      const isDoubled = isTaken && plan.spends('duplicates')
      const isLate = isTaken && !isDoubled && plan.spends('lateCopies')
      ledger.put(to, message.id, isDoubled || isLate ? 2 : 1)
      await broker.publish(to, message, options)
      if (isDoubled) await broker.publish(to, message, options)
      if (isLate) await broker.publish(to, message, { delayMs: lateMs })
    },
  })
}

async function sendGiven(
  { given = [] }: Specification,
  broker: Broker,
  routes: Routes,
): Promise<void> {
  const nobody = client({ name: 'given', broker, routes })
  for (const [index, outgoing] of given.entries()) {
    const message = { ...outgoing, id: outgoing.id ?? messageId(`given-${index + 1}`) }
    await (message.kind === 'event'
      ? nobody.publish({ ...message, kind: 'event' })
      : nobody.send({ ...message, kind: 'command' }))
  }
}

type Bounded = {
  readonly troupe: Troupe
  readonly ledger: Ledger
  readonly chronicle: Chronicle
  readonly boundMs: number
}

type Outside = Bounded & {
  readonly specification: Specification
  readonly broker: Broker
  readonly routes: Routes
}

async function startClients(outside: Outside): Promise<void> {
  const { specification, broker, troupe, routes, chronicle, boundMs } = outside
  const history: History = chronicle.history
  const recorded = decoratedBroker(broker, {
    publish: async (to, message, options) => {
      await broker.publish(to, message, options)
      chronicle.record('client', { kind: 'published', to, message })
    },
  })
  const calls = {
    call: (service: string, message: WireMessage) => troupe.call(service, message),
  }
  const stage = { broker: recorded, calls, history, routes, world: realWorld(), boundMs }
  await Promise.all(
    Object.entries(specification.clients ?? {}).map(async ([name, script]) => {
      const behaviours = specification.behaviours?.() ?? []
      try {
        await script(realClient(name, { ...stage, http: troupe.http(name), behaviours }))
      } catch (cause) {
        const sentence = `expected ${name} to come to an end, got ${String(cause)}`
        throw new Violation('STUCK', sentence, { cause, picture: chronicle.story })
      }
    }),
  )
}

/** Resolves with them. Rejects where nothing more is to be expected of them. */
function inTime(clients: Promise<void>, { chronicle, boundMs }: Bounded): Promise<void> {
  const sentence = `expected every client to come to an end within ${boundMs / 1000} s`
  return within(
    boundMs,
    clients,
    () => new Violation('STUCK', sentence, { picture: chronicle.story }),
  )
}

type Quiet = Bounded & {
  readonly broker: Broker
  readonly served: ReadonlySet<string>
}

/** Resolves when every message is settled, and every process is there again. */
async function quiet({ troupe, broker, ledger, served, chronicle, boundMs }: Quiet): Promise<void> {
  const world = realWorld()
  const isLate = patience(boundMs)
  while (!isLate()) {
    if (ledger.waiting.length === 0 && !troupe.isRestarting && !troupe.isBusy) {
      const counts = await Promise.all([...served].map((name) => broker.count(name)))
      const isQuiet = counts.every((count) => count === 0) && ledger.waiting.length === 0
      if (isQuiet && !troupe.isRestarting && !troupe.isBusy) return
    }
    await world.sleep(pollMs)
  }
  const left = ledger.waiting.join(', ') || 'a queue'
  throw new Violation(
    'STUCK',
    `expected every message to be handled within ${boundMs / 1000} s, got work left in ${left}`,
    { picture: chronicle.story },
  )
}
