// The core as anybody would use it: an endpoint with the standard behaviours, a relay, and an
// outbox, which remembers each message as an inbox does, over a broker and a store on SQLite.

import { type Broker, type RabbitmqBroker, sqliteBroker } from '@workshop/shared/broker'
import { rabbitmqBroker } from '@workshop/shared/broker'
import { partitionIn } from '@workshop/shared/inbox'
import { outbox, startRelay } from '@workshop/shared/outbox'
import { type Behaviour, standard, startEndpoint, topologyOf } from '@workshop/shared/pipeline'
import { sqliteStore, type SqliteStoreOptions } from '@workshop/shared/store'
import type { Contender } from './contender.ts'
import { ItemPlaced, placeItem, StockTaken } from './story.ts'
import type { Rabbit } from './workbench.ts'

export const namespace = 'core.'
const name = 'orders'
const sink = 'sink'

const bindings = [ItemPlaced, StockTaken].map(({ type }) => ({ event: type, queue: sink }))

export async function onRabbitmq(rabbit: Rabbit, store: SqliteStoreOptions): Promise<Contender> {
  const broker: RabbitmqBroker = await rabbitmqBroker({ url: rabbit.url, namespace })
  await broker.declare({ queues: [{ name: sink }], bindings })
  await broker.declare(topologyOf({ name, handlers: [placeItem] }))
  return {
    ...endpointOver(broker, store),
    fill: (messages) => rabbit.fill(`${namespace}${name}`, messages),
    tidy: () => rabbit.purge(`${namespace}${sink}`),
  }
}

/** What it sends has no taker: the embedded broker has no way to throw a queue away. */
export async function onEmbedded(folder: string, store: SqliteStoreOptions): Promise<Contender> {
  const broker = sqliteBroker({ directory: folder })
  await broker.declare({ queues: [{ name: sink }], bindings })
  await broker.declare(topologyOf({ name, handlers: [placeItem] }))
  return {
    ...endpointOver(broker, store),
    fill: async (messages) => {
      await Promise.all(messages.map((message) => broker.publish({ queue: name }, message)))
    },
    tidy: () => Promise.resolve(),
  }
}

function endpointOver(broker: Broker, options: SqliteStoreOptions) {
  const store = sqliteStore(options)
  const relay = startRelay({ store, broker })
  return {
    start: (prefetch: number, onHandled: () => void) =>
      startEndpoint({
        name,
        handlers: [placeItem],
        broker,
        store,
        prefetch,
        behaviours: [
          telling(onHandled),
          ...standard(),
          outbox({ partition: partitionIn('orderId'), hasRelay: true }),
        ],
      }),
    close: async () => {
      await relay.stop()
      await broker.close()
      await store.close()
    },
  }
}

const telling = (onHandled: () => void): Behaviour => ({
  incoming: async (_context, next) => {
    await next()
    onHandled()
  },
})
