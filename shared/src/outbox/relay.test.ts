// The relay beside a store: how much it sends at once, what it leaves to others, and what happens
// where something cannot be sent.

import { expect, test } from 'vitest'
import { type Broker, Unroutable } from '../broker/index.ts'
import { counters, recordKey } from '../inbox/index.ts'
import { absent, sqliteStore, type Store } from '../store/index.ts'
import { ManualWorld, realTime, Unavailable } from '../world/index.ts'
import { relayPass, startRelay } from './index.ts'
import { scratchPlace } from './testing/real.fixture.ts'

/** A record of `id`, to be sent to the queue of its name. */
async function leave(store: Store, partition: string, id: string): Promise<void> {
  const dispatch = {
    to: { queue: id },
    delayMs: 0,
    id,
    type: 'T',
    headers: {},
    body: { text: '1' },
  }
  const key = recordKey({ partition, endpoint: 'orders', id })
  const value = { atMs: 0, outgoing: [dispatch] }
  await store.saveAll([{ key, value, expected: absent, pending: true }])
}

/** Takes all but what is sent to one of `refusing`. */
function brokerThat(refusing: Readonly<Record<string, Error>> = {}) {
  const sent: string[] = []
  const publish: Broker['publish'] = (_to, { id }) => {
    const error = refusing[id]
    if (error) return Promise.reject(error)
    sent.push(id)
    return Promise.resolve()
  }
  return { sent, broker: { publish } as Broker }
}

async function withStore(act: (store: Store) => Promise<void>): Promise<void> {
  await using place = await scratchPlace()
  await using store = sqliteStore(place)
  await act(store)
}

const { clock } = new ManualWorld()
const { until } = realTime()

test('a pass sends a batch, the longest waiting first, and the next pass the rest', () =>
  withStore(async (store) => {
    const { broker, sent } = brokerThat()
    for (const id of ['c', 'a', 'b']) await leave(store, `order-${id}`, id)
    const options = { store, broker, clock, graceMs: 0, batch: 2 }
    expect(await relayPass(options)).toBe(0)
    expect(sent).toEqual(['c', 'a'])
    expect(await relayPass(options)).toBe(0)
    expect(sent).toEqual(['c', 'a', 'b'])
    expect(await relayPass(options)).toBe(0)
    expect(sent).toHaveLength(3)
  }))

test('what is young is left to those who work on it', () =>
  withStore(async (store) => {
    const { broker, sent } = brokerThat()
    await leave(store, 'order-1', 'a')
    await relayPass({ store, broker, clock, graceMs: 60_000 })
    expect(sent).toEqual([])
  }))

test('what follows a record that cannot be sent waits, in its partition only', () =>
  withStore(async (store) => {
    const refusing: Record<string, Error> = { a: new Unroutable('no such queue') }
    const { broker, sent } = brokerThat(refusing)
    await leave(store, 'order-1', 'a')
    await leave(store, 'order-1', 'b')
    await leave(store, 'order-2', 'c')
    const options = { store, broker, clock, graceMs: 0 }
    expect(await relayPass(options)).toBe(2)
    expect(sent).toEqual(['c'])
    delete refusing['a']
    expect(await relayPass(options)).toBe(0)
    expect(sent).toEqual(['c', 'a', 'b'])
  }))

test('what cannot be sent does not hold up the rest for ever, nor what is pending for others', () =>
  withStore(async (store) => {
    const gone = new Unroutable('no such queue')
    const { broker, sent } = brokerThat({ x: gone, y: gone })
    for (const key of ['other-1', 'other-2', 'other-3']) {
      await store.saveAll([{ key, value: 1, expected: absent, pending: true }])
    }
    for (const id of ['x', 'y', 'a', 'b', 'c']) await leave(store, `order-${id}`, id)
    const world = new ManualWorld()
    await using _relay = startRelay({ store, broker, world, graceMs: 0, batch: 2, everyMs: 100 })
    for (let round = 1; round <= 6; round += 1) {
      await until(() => world.sleeping === 1, 'the pass to be over')
      await world.advance(100)
    }
    expect(sent).toEqual(['a', 'b', 'c'])
  }))

test('where nobody answers, a pass ends, and the next one goes on', () =>
  withStore(async (store) => {
    const refusing: Record<string, Error> = { a: new Unavailable('nobody is there') }
    const { broker, sent } = brokerThat(refusing)
    for (const id of ['a', 'b']) await leave(store, `order-${id}`, id)
    const options = { store, broker, clock, graceMs: 0 }
    await expect(relayPass(options)).rejects.toThrow('nobody is there')
    expect(sent).toEqual([])
    delete refusing['a']
    await relayPass(options)
    expect(sent).toEqual(['a', 'b'])
  }))

test('a meter is told how many wait, for how long, and what was sent', () =>
  withStore(async (store) => {
    const meter = counters()
    const world = new ManualWorld()
    await world.advance(5000)
    const { broker } = brokerThat({ b: new Unroutable('no such queue') })
    for (const id of ['a', 'b']) await leave(store, `order-${id}`, id)
    const options = { store, broker, clock: world.clock, graceMs: 0, meter }
    await relayPass(options)
    expect([meter.last('pending'), meter.last('oldestPendingMs')]).toEqual([2, 5000])
    expect([meter.total('relayed', 'orders'), meter.total('dispatched')]).toEqual([1, 1])
    await relayPass(options)
    expect(meter.last('pending')).toBe(1)
  }))

test('a relay that stops finishes the record at hand, and begins no other', () =>
  withStore(async (store) => {
    const stopping = new AbortController()
    const { sent } = brokerThat()
    const publish: Broker['publish'] = async (_to, { id }) => {
      sent.push(id)
      stopping.abort()
    }
    for (const id of ['a', 'b']) await leave(store, `order-${id}`, id)
    const broker = { publish } as Broker
    await relayPass({ store, broker, clock, graceMs: 0, signal: stopping.signal })
    expect(sent).toEqual(['a'])
    expect(await store.pending({ limit: 10 })).toHaveLength(1)
  }))

test('what another relay has sent in the meantime is left alone, and nothing fails', () =>
  withStore(async (store) => {
    const meter = counters()
    const { broker, sent } = brokerThat()
    for (const id of ['a', 'b']) await leave(store, `order-${id}`, id)
    const other = { store, broker, clock, graceMs: 0, meter }
    const slow: Broker['publish'] = async (to, message) => {
      await relayPass(other)
      await broker.publish(to, message)
    }
    expect(await relayPass({ ...other, broker: { publish: slow } as Broker })).toBe(0)
    expect(sent).toEqual(['a', 'b', 'a'])
    expect(meter.total('relayed')).toBe(3)
  }))
