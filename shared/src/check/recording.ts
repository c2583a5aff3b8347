// Decorators that write a run's history: of a broker, and of a store. They change nothing else.

import { type Broker, decoratedBroker, type Delivery, type Handle } from '../broker/index.ts'
import { decoratedStore, type Store, type Write } from '../store/index.ts'
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
  return decoratedBroker(broker, {
    publish: async (to, message, options) => {
      await broker.publish(to, message, options)
      history.record({ kind: 'published', to, message })
    },
    consume: (queue, handle, options) => broker.consume(queue, recorded(handle), options),
  })
}

/** `store`, with every write that it accepts recorded in `history`. */
export function recordedStore(store: Store, history: History): Store {
  const record = (write: Write): void =>
    history.record(
      'remove' in write
        ? { kind: 'removed', key: write.key }
        : { kind: 'saved', key: write.key, value: write.value },
    )
  return decoratedStore(store, {
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
  })
}
