// Endpoints, queues and retries that are set up wrongly: refused when they start, and not when the
// first message is there.

import { sqliteBroker } from '@workshop/shared/broker'
import {
  conflictRetry,
  delayedRetry,
  type EndpointOptions,
  handler,
  immediateRetry,
  startEndpoint,
} from '@workshop/shared/pipeline'
import { AddItem, ItemAdded, RemoveItem } from '@workshop/shared/shop'
import { sqliteStore } from '@workshop/shared/store'
import { publisher, refused, type RefusedRow } from './refused.ts'

const addItem = handler(AddItem, () => Promise.resolve())
const row = refused('no endpoint is started, and nothing is taken')
const notSent = refused('nothing is sent')
const notOpened = refused('nothing is opened')

/** An endpoint that would be as it should be, but for `options`. */
const endpoint = (given: string, options: Partial<EndpointOptions>, sees: string): RefusedRow =>
  row(
    given,
    ({ broker, store }) =>
      startEndpoint({ name: 'orders', handlers: [addItem], broker, store, ...options }),
    sees,
  )

const prefetch = (value: number): RefusedRow =>
  endpoint(
    `a prefetch of ${value}`,
    { prefetch: value },
    `RangeError: expected prefetch to be a whole number from 1 to 1000, got ${value}`,
  )

const queue = (given: string, name: string): RefusedRow =>
  endpoint(
    given,
    { name },
    `TypeError: expected a queue's name to match ^[A-Za-z0-9_-]{1,100}$, got "${name}"`,
  )

const limit = (deliveryLimit: number): RefusedRow =>
  endpoint(
    `a delivery limit of ${deliveryLimit}`,
    { deliveryLimit },
    `RangeError: expected the delivery limit of "orders" to be 1 to 1000, got ${deliveryLimit}`,
  )

const delay = (delayMs: number): RefusedRow =>
  notSent(
    `a delay of ${delayMs} ms`,
    ({ broker }) =>
      publisher(broker).send(AddItem({ orderId: 'order-1', item: 'bell' }), { delayMs }),
    `RangeError: expected delayMs to be from 0 to 2147483647, got ${delayMs}`,
  )

const notHandlers = (got: string): string =>
  `TypeError: expected every handler of orders to be a handler(definition, async (message) => ...), got ${got}`

const behaviour = (given: string, make: () => unknown, sees: string): RefusedRow =>
  row(given, async () => Promise.resolve(make()), sees)

export const configurations: readonly RefusedRow[] = [
  ...[0, -1, 1.5, 1001, NaN].map(prefetch),
  ...[0, 2.5, 1001].map(limit),
  ...[-1, NaN, 2_147_483_648, Infinity].map(delay),
  queue('a queue with a space', 'my orders'),
  queue('a queue with a slash', 'shop/orders'),
  queue('a queue without a name', ''),
  queue('a queue with 101 characters', 'q'.repeat(101)),
  queue('a queue of dead letters as its own', 'orders.dead'),
  endpoint(
    'two handlers for one type',
    { handlers: [addItem, handler(AddItem, () => Promise.resolve())] },
    'Error: expected one handler for each message type in orders, got two of AddItem',
  ),
  endpoint(
    'a handler without a definition',
    { handlers: [handler(undefined as never, () => Promise.resolve())] },
    notHandlers('something else at 0'),
  ),
  endpoint(
    'a function where a handler is expected',
    { handlers: [addItem, (() => Promise.resolve()) as never] },
    notHandlers('something else at 1'),
  ),
  endpoint(
    'a queue that exists with another delivery limit',
    { deliveryLimit: 7 },
    'TopologyMismatch: expected queue "orders" to have the delivery limit 7, it has 20. Declare what exists, or remove the queue first',
  ),
  behaviour(
    'delayed retries without an attempt',
    () => delayedRetry({ attempts: 0 }),
    'RangeError: expected attempts to be a whole number from 1 to 1000, got 0',
  ),
  behaviour(
    'delayed retries after NaN ms',
    () => delayedRetry({ baseMs: NaN }),
    'RangeError: expected delayMs to be from 0 to 2147483647, got NaN',
  ),
  behaviour(
    'immediate retries without end',
    () => immediateRetry({ times: Infinity }),
    'RangeError: expected times to be a whole number from 0 to 100, got Infinity',
  ),
  behaviour(
    'a conflict that is retried -1 times',
    () => conflictRetry({ times: -1 }),
    'RangeError: expected times to be a whole number from 0 to 100, got -1',
  ),
  notSent(
    'a command that no endpoint takes',
    ({ broker }) => publisher(broker).send(RemoveItem({ orderId: 'order-1', item: 'bell' })),
    "Error: expected a route for the command RemoveItem, got none in customer. Name the queue of the endpoint that handles it: routes: { RemoveItem: '...' }",
  ),
  notSent(
    'a route to a queue that nobody declared',
    ({ broker }) =>
      broker.publish({ queue: 'order' }, { id: '1', type: 'a', headers: {}, body: Buffer.of() }),
    'Unroutable: expected queue "order" to exist. Declare it first',
  ),
  notSent(
    'a broker that was closed',
    async ({ directory }) => {
      const broker = sqliteBroker({ directory })
      await broker.close()
      await publisher(broker).publish(ItemAdded({ orderId: 'order-1', item: 'bell' }))
    },
    'Unavailable: expected an open broker, got one that is closed. Open another',
  ),
  notOpened(
    'leases of 1 ms',
    async ({ directory }) => Promise.resolve(sqliteBroker({ directory, leaseMs: 1 })),
    'RangeError: expected leaseMs to be a whole number from 100 to 3600000, got 1',
  ),
  notOpened(
    'a poll every NaN ms',
    async ({ directory }) => Promise.resolve(sqliteBroker({ directory, pollMs: NaN })),
    'RangeError: expected pollMs to be a whole number from 1 to 3600000, got NaN',
  ),
  notOpened(
    'leases that are renewed every 0 ms',
    async ({ directory }) => Promise.resolve(sqliteBroker({ directory, renewMs: 0 })),
    'RangeError: expected renewMs to be a whole number from 1 to 3600000, got 0',
  ),
  notOpened(
    'a store of no values',
    async ({ directory }) =>
      Promise.resolve(sqliteStore({ directory, limits: { maxValueBytes: 0 } })),
    'TypeError: expected maxValueBytes to be a whole number of 1 or more, got 0',
  ),
]
