import { expect, test } from 'vitest'
import type { BrokerState } from '../broker/index.ts'
import { recordKey } from '../inbox/index.ts'
import { absent, sqliteStore, type Store } from '../store/index.ts'
import { ManualWorld, Unavailable } from '../world/index.ts'
import { scratchPlace } from '../outbox/testing/real.fixture.ts'
import { backlogOf, healthOf } from './index.ts'

const endpoint = { name: 'orders', isReceiving: true, isStopped: false }
const broker = { state: { kind: 'ready' } as BrokerState }

const away: BrokerState = { kind: 'away', reason: 'no connection' }

const looks: readonly {
  readonly name: string
  readonly parts: Parameters<typeof healthOf>[0]
  readonly state: string
  readonly reasons: readonly string[]
}[] = [
  { name: 'all works', parts: { endpoints: [endpoint], broker }, state: 'ready', reasons: [] },
  {
    name: 'the broker is away',
    parts: { endpoints: [{ ...endpoint, isReceiving: false }], broker: { state: away } },
    state: 'degraded',
    reasons: ['no connection', 'the broker hands nothing to the endpoint orders'],
  },
  {
    name: 'one endpoint of two has stopped',
    parts: { endpoints: [endpoint, { name: 'tree', isReceiving: false, isStopped: true }], broker },
    state: 'degraded',
    reasons: ['the endpoint tree was stopped'],
  },
  {
    name: 'all endpoints have stopped',
    parts: { endpoints: [{ ...endpoint, isReceiving: false, isStopped: true }], broker },
    state: 'stopped',
    reasons: ['the endpoint orders was stopped'],
  },
  {
    name: 'the broker was closed',
    parts: { endpoints: [endpoint], broker: { state: { kind: 'closed' } } },
    state: 'stopped',
    reasons: ['the broker was closed'],
  },
]

test.each(looks)('where $name, it is $state, with the reasons', async ({ parts, ...expected }) => {
  const { state, reasons } = expected
  expect(await healthOf(parts)).toEqual({ state, reasons })
})

/** A record of one message for each of `ids`, saved at 0. */
async function leave(store: Store, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const key = recordKey({ partition: `order-${id}`, endpoint: 'orders', id })
    const value = { atMs: 0, outgoing: [{ id }, { id: `${id}-too` }] }
    await store.saveAll([{ key, value, expected: absent, pending: true }])
  }
}

test('what an outbox has not sent is counted, and what others keep pending is not', async () => {
  await using place = await scratchPlace()
  await using store = sqliteStore(place)
  const world = new ManualWorld()
  const none = { records: 0, isMore: false, messages: 0, oldestMs: 0, endpoints: {} }
  expect(await backlogOf(store, world.clock)).toEqual(none)
  await leave(store, ['a', 'b'])
  await store.saveAll([{ key: 'other', value: 1, expected: absent, pending: true }])
  await world.advance(7000)
  expect(await backlogOf(store, world.clock)).toEqual({
    records: 2,
    isMore: false,
    messages: 4,
    oldestMs: 7000,
    endpoints: { orders: 2 },
  })
})

test('a relay is behind once something waits for longer than it should', async () => {
  await using place = await scratchPlace()
  await using store = sqliteStore(place)
  const world = new ManualWorld()
  const look = () => healthOf({ endpoints: [endpoint], broker, store, clock: world.clock })
  await leave(store, ['a', 'b', 'c'])
  await world.advance(30_000)
  expect(await look()).toMatchObject({ state: 'ready' })
  await world.advance(1000)
  expect(await look()).toEqual({
    state: 'degraded',
    reasons: ['the relay is behind by 3: the oldest was saved 31 s ago and is not sent'],
  })
})

test.each([
  ['refuses', () => Promise.reject(new Unavailable('the disk is gone')), 'the disk is gone'],
  ['says nothing', () => new Promise<never>(() => {}), 'within 5 ms'],
])('where the store %s, it is degraded and does not hang', async (_name, pending, reason) => {
  const store = { pending } as Partial<Store> as Store
  const health = await healthOf({ endpoints: [endpoint], broker, store, withinMs: 5 })
  expect(health.state).toBe('degraded')
  expect(health.reasons.join()).toMatch(`the store does not answer`)
  expect(health.reasons.join()).toMatch(reason)
})
