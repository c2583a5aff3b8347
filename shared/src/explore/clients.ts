// Those who act from outside, in a simulated world: each is a process with a script, which never
// crashes.

import type { SimulatedBroker } from '../broker/index.ts'
import type { History, View } from '../check/index.ts'
import type { SimulatedHttp } from '../http/index.ts'
import {
  type Behaviour,
  client as sender,
  type Routes,
  type SimulatedCalls,
} from '../pipeline/index.ts'
import { type Process, type Simulation, simulatedWorld } from '../simulation/index.ts'
import { clientOf } from './client-of.ts'
import { notes } from './notes.ts'
import type { Client, Script } from './specification.ts'
import { wasSeen } from './wire.ts'

/** What a picture shows of somebody who waits for an event. */
export type SeeDetail = { readonly event: string }

export type ClientStage = {
  readonly simulation: Simulation
  readonly broker: SimulatedBroker
  readonly calls: SimulatedCalls
  readonly http: SimulatedHttp
  readonly history: History
  readonly now: View
  /** Which endpoint or service handles each command. */
  readonly routes: Routes
  /** What her messages pass on their way out. */
  readonly behaviours: () => readonly Behaviour[]
}

/** Starts `script` as a process called `name`. */
export function startClient(name: string, script: Script, stage: ClientStage): void {
  stage.simulation.process({
    name,
    canCrash: false,
    start: (process) => {
      script(simulatedClient(process, stage)).catch((cause: unknown) => {
        stage.simulation.report({
          code: 'STUCK',
          sentence: `expected ${name} to come to an end, got ${String(cause)}`,
          about: [name],
          cause,
        })
      })
    },
  })
}

function simulatedClient(process: Process, stage: ClientStage): Client {
  const { broker, calls, http, history, now, routes, behaviours } = stage
  const { name } = process
  const world = simulatedWorld(process)
  return clientOf({
    name,
    routes,
    world,
    history,
    send: sender({
      name,
      broker: broker.open(process),
      routes,
      world,
      behaviours: behaviours(),
      log: notes,
    }).send,
    http: http.open(process, name),
    call: (service, message) => calls.call(process, service, message),
    sees: (event, body) =>
      process.operation<void>({
        kind: 'see',
        resource: `event ${event.type}`,
        access: 'read',
        guard: () => wasSeen(now, event, body),
        effect: () => undefined,
        detail: (): SeeDetail => ({ event: event.type }),
      }),
  })
}
