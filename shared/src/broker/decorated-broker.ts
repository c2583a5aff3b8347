// A broker that differs from another in a few calls: what a fault or a recorder is made of.

import type { Broker } from './broker.ts'

/** `broker`, with the calls in `changes` in place of its own. */
export function decoratedBroker(broker: Broker, changes: Partial<Broker>): Broker {
  return {
    features: broker.features,
    declare: (topology) => broker.declare(topology),
    publish: (to, message, options) => broker.publish(to, message, options),
    consume: (queue, handle, options) => broker.consume(queue, handle, options),
    peek: (queue, limit) => broker.peek(queue, limit),
    count: (queue) => broker.count(queue),
    close: (options) => broker.close(options),
    [Symbol.asyncDispose]: () => broker[Symbol.asyncDispose](),
    ...changes,
  }
}
