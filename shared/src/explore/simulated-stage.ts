// A specification as a system of the simulated world: its broker, its store, its endpoints,
// services and clients, all as processes that the explorer schedules.

import { decoratedBroker, SimulatedBroker } from '../broker/index.ts'
import {
  codedFailure,
  History,
  LiveView,
  noDeadLetters,
  type Verdict,
  type View,
} from '../check/index.ts'
import { SimulatedHttp } from '../http/index.ts'
import type { Outgoing } from '../message/index.ts'
import {
  type Behaviour,
  conflictRetry,
  deadLetter,
  immediateRetry,
  type Routes,
  routesTo,
  SimulatedCalls,
  startEndpoint,
  topologyOf,
} from '../pipeline/index.ts'
import {
  type Checks,
  type Finding,
  type Process,
  type Simulation,
  simulatedWorld,
  type System,
} from '../simulation/index.ts'
import { SimulatedStore } from '../store/index.ts'
import { startClient } from './clients.ts'
import { behavioursOf, handlersOf, isMemoryless, madeBy } from './handlers.ts'
import { notes } from './notes.ts'
import { startServers } from './simulated-servers.ts'
import type { Endpoint, Specification } from './specification.ts'
import { serviceFor, wireOf } from './wire.ts'

/** `specification`, ready to be explored. `prepare` may add to a stage before anything starts. */
export function simulatedStage(
  specification: Specification,
  prepare?: (stage: Stage) => void,
): System {
  const { endpoints = {}, services = {}, clients = {}, stored = {}, given = [] } = specification
  const queued = madeBy(endpoints)
  const routes = routesTo({ ...queued, ...madeBy(services) })
  return (simulation) => {
    const stage = newStage(simulation, { specification, routes })
    const { broker, store } = stage
    for (const [name, handlers] of Object.entries(queued)) {
      broker.declare(topologyOf({ name, handlers }))
    }
    for (const [key, value] of Object.entries(stored)) store.put(key, value)
    for (const [index, message] of given.entries()) enqueue(stage, message, `given-${index + 1}`)
    prepare?.(stage)
    for (const [name, handlers] of Object.entries(endpoints)) {
      startInstances(stage, { name, handlers, isCalled: false })
    }
    for (const [name, handlers] of Object.entries(services)) {
      startInstances(stage, { name, handlers, isCalled: true })
    }
    startServers(stage)
    for (const [name, script] of Object.entries(clients))
      startClient(name, script, { ...stage, behaviours: () => specification.behaviours?.() ?? [] })
    return checksOf(stage)
  }
}

export type Stage = {
  readonly specification: Specification
  readonly routes: Routes
  readonly simulation: Simulation
  readonly broker: SimulatedBroker
  readonly store: SimulatedStore
  readonly calls: SimulatedCalls
  readonly http: SimulatedHttp
  readonly history: History
  readonly now: View
  /** The entities that properties have looked at. */
  readonly looked: Set<string>
}

function newStage(
  simulation: Simulation,
  { specification, routes }: Pick<Stage, 'specification' | 'routes'>,
): Stage {
  const history = new History({ hasDigest: simulation.tracksState })
  const broker = new SimulatedBroker(simulation, { record: (event) => history.record(event) })
  const store = new SimulatedStore(simulation, {
    ...specification.store,
    record: (event) => history.record(event),
  })
  const calls = new SimulatedCalls(simulation)
  const http = new SimulatedHttp(simulation, { record: (event) => history.record(event) })
  for (const name of Object.keys(specification.servers ?? {})) http.declare(name)
  simulation.state(() => history.digest)
  const names = Object.keys(specification.endpoints ?? {})
  const looked = new Set<string>()
  const now = new LiveView({
    entity: (key) => store.value(key),
    entries: () => store.entries(),
    deadLetters: () => names.flatMap((name) => broker.deadLetters(name)),
    history,
    onLook: (key) => looked.add(key),
  })
  return { specification, routes, simulation, broker, store, calls, http, history, now, looked }
}

/** Puts `message` into its queue. No step. */
export function enqueue({ broker, routes }: Stage, message: Outgoing, id: string): void {
  const to =
    message.kind === 'event' ? { event: message.type } : { queue: serviceFor(message, routes) }
  broker.enqueue(to, wireOf(message, id))
}

type Group = { readonly name: string; readonly handlers: Endpoint; readonly isCalled: boolean }

function startInstances(stage: Stage, group: Group): void {
  const { instances = 2 } = stage.specification
  const count = typeof instances === 'number' ? instances : (instances[group.name] ?? 2)
  for (let instance = 1; instance <= count; instance += 1) {
    stage.simulation.process({
      name: `${group.name}-${instance}`,
      group: group.name,
      // Handlers that are made once for all instances have no memory of their own to lose;
      // behaviours, which are made for each of them, may have.
      isMemoryless: isMemoryless(group.handlers) && stage.specification.behaviours === undefined,
      start: (process) => startInstance(stage, group, process),
    })
  }
}

function startInstance(stage: Stage, { name, handlers, isCalled }: Group, process: Process): void {
  const { specification, simulation, routes, calls } = stage
  const opened = stage.broker.open(process)
  const broker = isCalled
    ? calls.servedOver(process, opened)
    : // All queues were declared before anything started.
      decoratedBroker(opened, { declare: () => Promise.resolve() })
  startEndpoint({
    name,
    handlers: handlersOf(name, handlers),
    broker,
    store: stage.store.open(process),
    http: stage.http.open(process, name),
    world: simulatedWorld(process),
    routes,
    log: notes,
    prefetch: specification.prefetch ?? 1,
    behaviours: [
      deadLetter(),
      codedFailures(simulation),
      ...(isCalled ? [] : [immediateRetry()]),
      conflictRetry({ pauseMs: 0 }),
      ...(specification.behaviours?.() ?? []),
      ...behavioursOf(handlers),
    ],
  }).catch((cause: unknown) => {
    simulation.report({ code: 'STUCK', sentence: `${name} did not start: ${String(cause)}`, cause })
  })
}

/** Reports failures that carry a code of their own, as a forgotten await does. */
function codedFailures(simulation: Simulation): Behaviour {
  return {
    incoming: async ({ message }, next) => {
      try {
        await next()
      } catch (error) {
        const violation = codedFailure(error)
        if (violation) {
          const { code, sentence } = violation
          simulation.report({ code, sentence, about: [message.id], cause: error })
        }
        throw error
      }
    },
  }
}

function checksOf({ specification, now, looked }: Stage): Checks {
  const { always, goals = {}, deadLetters = false } = specification
  const judge = (verdicts: () => readonly Verdict[]): Finding | undefined => {
    looked.clear()
    const violation = verdicts().find((verdict) => verdict !== undefined)
    if (!violation) return undefined
    const { code, sentence, about, cause } = violation
    // Where it does not say what it is about, that is what was looked at.
    return { code, sentence, about: about.length > 0 ? about : [...looked], cause }
  }
  return {
    ...(always ? { always: () => judge(() => always(now)) } : {}),
    atEnd: () =>
      judge(() => [...(deadLetters ? [] : [noDeadLetters(now)]), ...specification.finally(now)]),
    goals: Object.fromEntries(
      Object.entries(goals).map(([name, holds]) => [name, () => holds(now)]),
    ),
  }
}
