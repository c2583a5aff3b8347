// Decorators that write a run's history: of a broker, and of a store. They change nothing else.

import type { Broker, Delivery, Handle } from '../broker/index.ts'
import type { Store, Write } from '../store/index.ts'
import type { History } from './history.ts'

/** `broker`, with everything that is published, delivered and settled recorded in `history`. */
export function recordedBroker(broker: Broker, history: History): Broker {
  const recorded =
    (handle: Handle): Handle =>
    async (delivery: Delivery) => {
      const { queue, message } = delivery
      history.record({ kind: 'delivered', queue, message })
      const outcome = await handle(delivery)
      history.record({ kind: 'settled', queue, message, outcome: outcome.kind })
      return outcome
    }
  return {
    features: broker.features,
    declare: (topology) => broker.declare(topology),
    publish: async (to, message, options) => {
      await broker.publish(to, message, options)
      history.record({ kind: 'published', to, message })
    },
    consume: (queue, handle, options) => broker.consume(queue, recorded(handle), options),
    peek: (queue, limit) => broker.peek(queue, limit),
    count: (queue) => broker.count(queue),
    close: (options) => broker.close(options),
    [Symbol.asyncDispose]: () => broker[Symbol.asyncDispose](),
  }
}

/** `store`, with every write that it accepts recorded in `history`. */
export function recordedStore(store: Store, history: History): Store {
  const record = (write: Write): void =>
    history.record(
      'remove' in write
        ? { kind: 'removed', key: write.key }
        : { kind: 'saved', key: write.key, value: write.value },
    )
  return {
    features: store.features,
    load: (key, whenAbsent) => store.load(key, whenAbsent),
    save: async (key, value, expected) => {
      const version = await store.save(key, value, expected)
      record({ key, value, expected })
      return version
    },
    remove: async (key, expected) => {
      await store.remove(key, expected)
      record({ key, remove: true, expected })
    },
    saveAll: async (writes) => {
      const versions = await store.saveAll(writes)
      for (const write of writes) record(write)
      return versions
    },
    list: (prefix, options) => store.list(prefix, options),
    pending: (options) => store.pending(options),
    close: () => store.close(),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}
