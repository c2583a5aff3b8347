// Calls to services within one process, in the real world. Over a network this would be HTTP.

import type { Broker, Handle } from '../broker/index.ts'
import type { WireMessage } from '../message/index.ts'
import { answerTo, servedOver } from './calls.ts'

export class LocalCalls {
  readonly #services = new Map<string, Handle>()

  /** The broker for an endpoint that is a service, and is called here. */
  servedOver(broker: Broker): Broker {
    return servedOver(broker, (service, handle) => this.#services.set(service, handle))
  }

  /** Resolves once `service` has answered; rejects with `Unavailable` when it failed. */
  async call(service: string, message: WireMessage): Promise<void> {
    const handle = this.#services.get(service)
    if (!handle) throw new Error(`expected a service called ${service}, got none`)
    const failure = await answerTo(message, service, handle)
    if (failure) throw failure
  }
}
