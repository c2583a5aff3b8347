// What every client is, in every world: her calls are recorded with their answers. How a message
// travels, and how she waits, is for the world to say.

import type { History } from '../check/index.ts'
import type { BodyOf, Definition, WireMessage } from '../message/index.ts'
import type { Routes, Sender } from '../pipeline/index.ts'
import type { Http, World } from '../world/index.ts'
import type { Client } from './specification.ts'
import { serviceFor, wireOf } from './wire.ts'

export type ClientParts = {
  readonly name: string
  /** Which endpoint or service handles each command. */
  readonly routes: Routes
  readonly world: Pick<World, 'clock' | 'ids' | 'sleep'>
  readonly history: History
  readonly send: Sender['send']
  readonly http: Http
  /** Rejects as `Client.call` does. */
  readonly call: (service: string, message: WireMessage) => Promise<void>
  readonly sees: <D extends Definition<'event'>>(event: D, body?: BodyOf<D>) => Promise<void>
}

export function clientOf({
  name,
  routes,
  world,
  history,
  send,
  http,
  call,
  sees,
}: ClientParts): Client {
  return {
    name,
    call: async (command) => {
      const service = serviceFor(command, routes)
      const message = wireOf(command, world.ids.next())
      const answered = (isThanked: boolean): void =>
        history.record({ kind: 'answered', client: name, message, isThanked })
      try {
        await call(service, message)
      } catch (error) {
        answered(false)
        throw error
      }
      answered(true)
    },
    send: (command) => send(command),
    http,
    clock: world.clock,
    sleep: (ms, signal) => world.sleep(ms, signal),
    sees,
  }
}
