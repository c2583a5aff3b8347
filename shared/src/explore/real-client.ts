// Those who act from outside, in the real world.

import type { Broker } from '../broker/index.ts'
import { type History, LiveView } from '../check/index.ts'
import { client as sender, type LocalCalls, type Routes } from '../pipeline/index.ts'
import { realTime, type World } from '../world/index.ts'
import type { Client } from './specification.ts'
import { serviceFor, wasSeen, wireOf } from './wire.ts'

export type RealClientStage = {
  readonly broker: Broker
  readonly calls: LocalCalls
  readonly history: History
  readonly routes: Routes
  readonly world: World
  /** How long it waits for what it wants to see, in milliseconds. */
  readonly boundMs: number
}

export function realClient(name: string, stage: RealClientStage): Client {
  const { broker, calls, history, routes, world, boundMs } = stage
  const { ids } = world
  const now = new LiveView({
    entity: () => undefined,
    entries: () => [],
    deadLetters: () => [],
    history,
  })
  const out = sender({ name, broker, routes, world })
  return {
    name,
    call: async (command) => {
      const service = serviceFor(command, routes)
      const message = wireOf(command, ids.next())
      const call = calls.call(service, message)
      const isThanked = await call.then(
        () => true,
        () => false,
      )
      history.record({ kind: 'answered', client: name, message, isThanked })
      return call
    },
    send: (command) => out.send(command),
    sees: async (event, body) => {
      await realTime(boundMs).until(() => wasSeen(now, event, body), `${name} to see ${event.type}`)
    },
  }
}
