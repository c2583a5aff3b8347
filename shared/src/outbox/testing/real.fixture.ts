// The real world of the outbox's tests: the embedded broker and store in a folder of their own, an
// endpoint with an outbox, and one that remembers what it was told, with an inbox.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Broker, sqliteBroker } from '../../broker/index.ts'
import { inbox, partitionIn } from '../../inbox/index.ts'
import {
  client,
  handler,
  type RunningEndpoint,
  standard,
  startEndpoint,
  topologyOf,
} from '../../pipeline/index.ts'
import { AddItem, ItemAdded } from '../../shop/index.ts'
import { sqliteStore, type SqliteStore } from '../../store/index.ts'
import { rightOutbox } from './mutants.ts'
import { addItem } from './orders.fixture.ts'

export type Place = AsyncDisposable & { readonly directory: string }

export async function scratchPlace(): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'outbox-'))
  return {
    directory,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true, maxRetries: 10 }),
  }
}

/** What the warehouse has been told of an order: one line for each message, as it came. */
export type Told = readonly { readonly id: string; readonly item: string; readonly total: number }[]

const remembers = handler(ItemAdded, async ({ id, body }, { store }) => {
  const key = `${body.orderId}/told`
  const { value, version } = await store.load<Told>(key, [])
  await store.save(key, [...value, { id, item: body.item, total: body.total ?? 0 }], version)
})

export type Parts = { readonly broker: Broker; readonly store: SqliteStore }

/** Short, so that what a killed process held comes back soon. */
const leaseMs = 300

export const openParts = (directory: string): Parts => ({
  broker: sqliteBroker({ directory, leaseMs }),
  store: sqliteStore({ directory }),
})

/** Declares both queues before anything is published. */
export async function declare({ broker }: Parts): Promise<void> {
  await broker.declare(topologyOf({ name: 'orders', handlers: [addItem] }))
  await broker.declare(topologyOf({ name: 'warehouse', handlers: [remembers] }))
}

export const startOrders = (parts: Parts): Promise<RunningEndpoint> =>
  startEndpoint({
    ...parts,
    name: 'orders',
    handlers: [addItem],
    behaviours: [...standard(), rightOutbox()],
  })

export const startWarehouse = (parts: Parts): Promise<RunningEndpoint> =>
  startEndpoint({
    ...parts,
    name: 'warehouse',
    handlers: [remembers],
    behaviours: [...standard(), inbox({ partition: partitionIn('orderId') })],
  })

/** Sends `count` gifts to each order, every one of them twice. */
export async function sendTwice(
  { broker }: Parts,
  orders: readonly string[],
  count: number,
): Promise<void> {
  const customer = client({ name: 'customer', broker, routes: { AddItem: 'orders' } })
  for (let copy = 1; copy <= 2; copy += 1) {
    for (const orderId of orders) {
      for (let gift = 1; gift <= count; gift += 1) {
        const item = `gift-${gift}`
        await customer.send(AddItem({ orderId, item }, { id: `${orderId}-${item}` }))
      }
    }
  }
}
