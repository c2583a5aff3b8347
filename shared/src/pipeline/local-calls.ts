// Calls to a service within one process: the service is an endpoint that takes its messages from
// here instead of from a queue. For the real world; over a network this would be HTTP.

import { type Broker, decoratedBroker, type Handle } from '../broker/index.ts'
import type { WireMessage } from '../message/index.ts'
import { Unavailable } from '../world/index.ts'

export class LocalCalls {
  readonly #services = new Map<string, Handle>()

  /** The broker for an endpoint that is a service: it publishes to `broker`, and is called here. */
  servedOver(broker: Broker): Broker {
    return decoratedBroker(broker, {
      declare: () => Promise.resolve(),
      consume: (service, handle) => {
        this.#services.set(service, handle)
        return Promise.resolve(servant)
      },
    })
  }

  /** Resolves once `service` has answered; rejects with `Unavailable` when it failed. */
  async call(service: string, message: WireMessage): Promise<void> {
    const handle = this.#services.get(service)
    if (!handle) throw new Error(`expected a service called ${service}, got none`)
    const { signal } = new AbortController()
    const outcome = await handle({ message, queue: service, attempt: 1, signal })
    if (outcome.kind === 'ack') return
    const reason = 'reason' in outcome ? outcome.reason : 'no reason given'
    throw new Unavailable(`${service} failed: ${reason}`)
  }
}

/** The consumer of a service: it has no queue that it could leave. */
export const servant = {
  inFlight: 0,
  stats: { delivered: 0, acked: 0, retried: 0, released: 0, deadLettered: 0, lost: 0 },
  stop: () => Promise.resolve(),
  [Symbol.asyncDispose]: () => Promise.resolve(),
}
