// Those who act from outside, in a simulated world: each is a process with a script, which never
// crashes.

import type { SimulatedBroker } from '../broker/index.ts'
import type { History, View } from '../check/index.ts'
import { client as sender, type Routes, type SimulatedCalls } from '../pipeline/index.ts'
import { type Process, type Simulation, simulatedWorld } from '../simulation/index.ts'
import type { Client, Script } from './specification.ts'
import { serviceFor, wasSeen, wireOf } from './wire.ts'

/** What a picture shows of somebody who waits for an event. */
export type SeeDetail = { readonly event: string }

export type ClientStage = {
  readonly simulation: Simulation
  readonly broker: SimulatedBroker
  readonly calls: SimulatedCalls
  readonly history: History
  readonly now: View
  /** Which endpoint or service handles each command. */
  readonly routes: Routes
}

/** Starts `script` as a process called `name`. */
export function startClient(name: string, script: Script, stage: ClientStage): void {
  stage.simulation.process({
    name,
    canCrash: false,
    start: (process) => {
      script(clientOf(process, stage)).catch((cause: unknown) => {
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

function clientOf(process: Process, { broker, calls, history, now, routes }: ClientStage): Client {
  const { name } = process
  const world = simulatedWorld(process)
  const out = sender({ name, broker: broker.open(process), routes, world })
  return {
    name,
    call: async (command) => {
      const service = serviceFor(command, routes)
      const message = wireOf(command, world.ids.next())
      const answered = (isThanked: boolean): void =>
        history.record({ kind: 'answered', client: name, message, isThanked })
      try {
        await calls.call(process, service, message)
      } catch (error) {
        answered(false)
        throw error
      }
      answered(true)
    },
    send: (command) => out.send(command),
    sees: (event, body) =>
      process.operation<void>({
        kind: 'see',
        resource: `event ${event.type}`,
        access: 'read',
        guard: () => wasSeen(now, event, body),
        effect: () => undefined,
        detail: (): SeeDetail => ({ event: event.type }),
      }),
  }
}
