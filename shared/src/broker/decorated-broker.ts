// A broker that differs from another in a few calls: what a fault or a recorder is made of.

import type { Broker, BrokerFeatures, BrokerState } from './broker.ts'

/** `broker`, with the calls in `changes` in place of its own. */
export function decoratedBroker(
  broker: Broker,
  changes: Partial<Omit<Broker, 'features' | 'state'>>,
): Broker {
  return Object.assign(new Known(broker), {
    declare: (topology) => broker.declare(topology),
    publish: (to, message, options) => broker.publish(to, message, options),
    consume: (queue, handle, options) => broker.consume(queue, handle, options),
    peek: (queue, limit) => broker.peek(queue, limit),
    count: (queue) => broker.count(queue),
    close: (options) => broker.close(options),
    [Symbol.asyncDispose]: () => broker[Symbol.asyncDispose](),
    ...changes,
  } satisfies Omit<Broker, 'features' | 'state'>)
}

/** What is known of a broker without asking. Its getter is one for all: an object with a getter of
 *  its own takes longer to make than a delivery of an exploration. */
class Known {
  readonly #broker: Broker
  readonly features: BrokerFeatures

  constructor(broker: Broker) {
    this.#broker = broker
    this.features = broker.features
  }

  get state(): BrokerState {
    return this.#broker.state
  }
}
