// The outbox on the real broker and store, with processes that are killed in the middle of it.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { recordKey } from '../inbox/index.ts'
import type { Order } from '../shop/index.ts'
import { absent } from '../store/index.ts'
import { realTime } from '../world/index.ts'
import { startRelay } from './index.ts'
import {
  declare,
  openParts,
  type Parts,
  scratchPlace,
  sendTwice,
  startOrders,
  startWarehouse,
  type Told,
} from './testing/real.fixture.ts'

const { until } = realTime()
const orders = ['order-1', 'order-2', 'order-3']
const count = 20

const told = async ({ store }: Parts, orderId: string): Promise<Told> =>
  (await store.load<Told>(`${orderId}/told`, [])).value

async function toldInAll(parts: Parts): Promise<number> {
  const each = await Promise.all(orders.map((orderId) => told(parts, orderId)))
  return each.flat().length
}

const queuesAreEmpty = async ({ broker }: Parts): Promise<boolean> =>
  (await broker.count('orders')) + (await broker.count('warehouse')) === 0

/** Every gift is in its order once, and was told of once, with the total that it had. */
async function expectOnce(parts: Parts): Promise<void> {
  for (const orderId of orders) {
    const { value: order } = await parts.store.load<Order>(orderId, { items: [] })
    expect(new Set(order.items).size, orderId).toBe(count)
    expect(order.items, orderId).toHaveLength(count)
    const lines = (await told(parts, orderId)).toSorted((a, b) => a.total - b.total)
    expect(lines.map(({ item }) => item)).toEqual(order.items)
    expect(lines.map(({ total }) => total)).toEqual(order.items.map((_item, index) => index + 1))
  }
  expect(await parts.store.pending({ limit: 100 })).toEqual([])
}

test('with every message twice, each effect and each message is there once', async () => {
  await using place = await scratchPlace()
  const parts = openParts(place.directory)
  await using _broker = parts.broker
  await using _store = parts.store
  await declare(parts)
  await sendTwice(parts, orders, count)
  await using _first = await startOrders(parts)
  await using _second = await startOrders(parts)
  await using _warehouse = await startWarehouse(parts)
  await until(() => queuesAreEmpty(parts), 'empty queues')
  await until(async () => (await toldInAll(parts)) === orders.length * count, 'all to be told')
  await expectOnce(parts)
})

test('the same where the process is killed again and again, amid its messages', async () => {
  await using place = await scratchPlace()
  const parts = openParts(place.directory)
  await using _broker = parts.broker
  await using _store = parts.store
  await declare(parts)
  await sendTwice(parts, orders, count)
  await using _warehouse = await startWarehouse(parts)
  const program = new URL('testing/doomed.ts', import.meta.url)
  for (const lives of ['4', '9', '14']) {
    const doomed = fork(program, [place.directory, lives], { execArgv: [] })
    expect(await once(doomed, 'exit')).toEqual([null, 'SIGKILL'])
    expect(await parts.store.pending({ limit: 100 })).not.toEqual([])
  }
  await using _orders = await startOrders(parts)
  await using _relay = startRelay({ ...parts, graceMs: 500, everyMs: 50 })
  await until(async () => (await toldInAll(parts)) === orders.length * count, 'all to be told')
  await until(() => queuesAreEmpty(parts), 'empty queues')
  await until(async () => (await parts.store.pending({ limit: 1 })).length === 0, 'nothing pending')
  await expectOnce(parts)
})

test('a relay alone sends what the message itself will not bring back', async () => {
  await using place = await scratchPlace()
  const parts = openParts(place.directory)
  await using _broker = parts.broker
  await using _store = parts.store
  await declare(parts)
  await using _warehouse = await startWarehouse(parts)
  const outgoing = {
    to: { event: 'ItemAdded' },
    delayMs: 0,
    id: 'm-1',
    type: 'ItemAdded',
    headers: {},
    body: { text: '{"orderId":"order-1","item":"bell","total":1}' },
  }
  const key = recordKey({ partition: 'order-1', endpoint: 'orders', id: 'given-1' })
  const value = { atMs: 0, outgoing: [outgoing] }
  await parts.store.saveAll([{ key, value, expected: absent, pending: true }])
  await using _one = startRelay({ ...parts, graceMs: 0, everyMs: 20 })
  await using _other = startRelay({ ...parts, graceMs: 0, everyMs: 20 })
  await until(async () => (await toldInAll(parts)) === 1, 'it to be told')
  await until(async () => (await parts.store.pending({ limit: 1 })).length === 0, 'nothing pending')
  expect(await told(parts, 'order-1')).toEqual([{ id: 'm-1', item: 'bell', total: 1 }])
})
