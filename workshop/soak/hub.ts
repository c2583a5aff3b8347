// The connection to the broker of the one that watches over a soak. It can let go of it, and come
// back; a publish in between has certainly not happened.

import { type Broker, decoratedBroker } from '@workshop/shared/broker'
import { Unavailable } from '@workshop/shared/world'
import { withBroker } from './open-broker.ts'
import type { BrokerPlace } from './protocol.ts'

export class Hub implements AsyncDisposable {
  readonly #place: BrokerPlace
  #broker: Broker | undefined

  private constructor(place: BrokerPlace) {
    this.#place = place
  }

  static async open(place: BrokerPlace): Promise<Hub> {
    const hub = new Hub(place)
    await hub.return()
    return hub
  }

  /** Where it is; rejects with `Unavailable` where it has let go. */
  get broker(): Broker {
    if (this.#broker) return this.#broker
    throw new Unavailable('expected a connection to the broker, it is not there at the moment')
  }

  /** For whoever publishes: it outlives that the connection comes and goes. */
  get publishing(): Broker {
    return decoratedBroker(this.broker, {
      publish: async (to, message, options) => this.broker.publish(to, message, options),
    })
  }

  async leave(): Promise<void> {
    const broker = this.#broker
    this.#broker = undefined
    await broker?.close()
  }

  async return(): Promise<void> {
    this.#broker = await withBroker(this.#place, (broker) => Promise.resolve(broker))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave()
  }
}
