// Those who act from outside, in the real world.

import type { Broker } from '../broker/index.ts'
import { type History, LiveView } from '../check/index.ts'
import {
  type Behaviour,
  client as sender,
  type LocalCalls,
  type Routes,
} from '../pipeline/index.ts'
import { type Http, noHttp, realTime, type World } from '../world/index.ts'
import { clientOf } from './client-of.ts'
import type { Client } from './specification.ts'
import { wasSeen } from './wire.ts'

export type RealClientStage = {
  readonly broker: Broker
  readonly calls: Pick<LocalCalls, 'call'>
  readonly http?: Http
  readonly history: History
  readonly routes: Routes
  readonly world: World
  /** What her messages pass on their way out. */
  readonly behaviours: readonly Behaviour[]
  /** How long it waits for what it wants to see, in milliseconds. */
  readonly boundMs: number
}

export function realClient(name: string, stage: RealClientStage): Client {
  const { broker, calls, http = noHttp, history, routes, world, behaviours, boundMs } = stage
  const now = new LiveView({
    entity: () => undefined,
    entries: () => [],
    deadLetters: () => [],
    history,
  })
  return clientOf({
    name,
    routes,
    world,
    history,
    send: sender({ name, broker, routes, world, behaviours }).send,
    http,
    call: (service, message) => calls.call(service, message),
    sees: (event, body) =>
      realTime(boundMs).until(() => wasSeen(now, event, body), `${name} to see ${event.type}`),
  })
}
