// A clock that is set back or forward by a day, under a broker, its leases and its delays.

import assert from 'node:assert/strict'
import { deadLetterQueue, sqliteBroker, type SqliteBrokerOptions } from '@workshop/shared/broker'
import {
  delayedRetry,
  handler,
  type RunningEndpoint,
  startEndpoint,
} from '@workshop/shared/pipeline'
import { AddItem } from '@workshop/shared/shop'
import { absent, sqliteStore, type Store } from '@workshop/shared/store'
import { realTime, realWorld } from '@workshop/shared/world'
import { publisher } from './refused.ts'
import { nothing, type ScenarioRow } from './scenario.ts'
import { dayMs, shiftedClock } from './shifted-clock.ts'

const { until } = realTime()
const leaseMs = 200
const delayMs = 300
const untouchedStore = {} as Store
const order = AddItem({ orderId: 'order-1', item: 'bell' }, { id: 'one' })

type Open = Omit<SqliteBrokerOptions, 'directory'>
const open = (directory: string, options: Open = {}) =>
  sqliteBroker({ directory, leaseMs, pollMs: 10, ...options })
type Broker = ReturnType<typeof open>

/** An endpoint that calls `work` with the number of each of its runs. */
const endpointOn = (
  broker: Broker,
  work: (run: number) => Promise<void> | void,
): Promise<RunningEndpoint> => {
  let runs = 0
  return startEndpoint({
    name: 'orders',
    broker,
    store: untouchedStore,
    behaviours: [delayedRetry({ baseMs: delayMs })],
    // A retry is never due before the clock is set.
    world: { ...realWorld(), random: () => 0.9 },
    handlers: [
      handler(AddItem, async () => {
        runs += 1
        await work(runs)
      }),
    ],
  })
}

async function expectNothingLeft(broker: Broker): Promise<void> {
  await until(async () => (await broker.count('orders')) === 0, 'an empty queue')
  assert.equal(await broker.count(deadLetterQueue('orders')), 0)
}

const passed = async (ms: number): Promise<void> => {
  const fromMs = performance.now()
  await until(() => performance.now() - fromMs > ms, 'time to pass')
}

const whileDelayed = (shiftMs: number) => async (directory: string) => {
  using clock = shiftedClock()
  await using broker = open(directory)
  const ranAtMs: number[] = []
  await using endpoint = await endpointOn(broker, () => void ranAtMs.push(performance.now()))
  const sentAtMs = performance.now()
  await publisher(broker).send(order, { delayMs })
  clock.set(shiftMs)
  await until(() => endpoint.stats.acked === 1, 'the delayed message to be handled')
  await expectNothingLeft(broker)
  assert.equal(ranAtMs.length, 1)
  if (shiftMs < 0) assert.ok((ranAtMs[0] ?? 0) - sentAtMs >= delayMs, 'not before its delay')
  return nothing
}

const whileAtWork = (shiftMs: number) => async (directory: string) => {
  using clock = shiftedClock()
  await using broker = open(directory)
  await using other = open(directory)
  const gate = Promise.withResolvers<void>()
  let runs = 0
  const work = (): Promise<void> => {
    runs += 1
    return gate.promise
  }
  await using one = await endpointOn(broker, work)
  await using two = await endpointOn(other, work)
  await publisher(broker).send(order)
  await until(() => runs === 1, 'the handler to be at work')
  clock.set(shiftMs)
  await passed(3 * leaseMs)
  gate.resolve()
  await until(() => one.stats.acked + two.stats.acked === 1, 'its end')
  await expectNothingLeft(broker)
  assert.equal(runs, 1)
  assert.equal(one.stats.lost + two.stats.lost, 0)
  return nothing
}

const afterDeath = (shiftMs: number) => async (directory: string) => {
  using clock = shiftedClock()
  const dead = open(directory)
  let isHeld = false
  await endpointOn(dead, () => {
    isHeld = true
    return new Promise(() => {})
  })
  await publisher(dead).send(order)
  await until(() => isHeld, 'a consumer that holds the message')
  dead.abandon()
  clock.set(shiftMs)
  await using broker = open(directory)
  await using endpoint = await endpointOn(broker, () => undefined)
  await until(() => endpoint.stats.acked === 1, 'the next consumer to have it')
  await expectNothingLeft(broker)
  return nothing
}

const beforeRetry = (shiftMs: number) => async (directory: string) => {
  using clock = shiftedClock()
  await using broker = open(directory)
  await using endpoint = await endpointOn(broker, (run) => {
    if (run === 1) throw new Error('not yet')
  })
  await publisher(broker).send(order)
  await until(() => endpoint.stats.retried === 1, 'the first run to fail')
  clock.set(shiftMs)
  await until(() => endpoint.stats.acked === 1, 'the second run')
  await expectNothingLeft(broker)
  return nothing
}

async function pendingInOutbox(directory: string): Promise<string> {
  using clock = shiftedClock()
  await using store = sqliteStore({ directory })
  const write = { key: 'order-1/outbox', value: 'to be sent', expected: absent, pending: true }
  await store.saveAll([write])
  clock.set(-dayMs)
  const found = await store.pending({ limit: 10, olderThanMs: 10_000 })
  assert.deepEqual(
    found.map(({ key }) => key),
    [write.key],
  )
  return nothing
}

const row = (given: string, run: ScenarioRow['run'], becomes = 'handled, once'): ScenarioRow => ({
  given,
  sees: nothing,
  becomes,
  run,
})

export const clocks: readonly ScenarioRow[] = [
  row('a clock set back a day, with a message delayed', whileDelayed(-dayMs)),
  row(
    'a clock set forward a day, with a message delayed',
    whileDelayed(dayMs),
    'due at once, by that clock, and handled once',
  ),
  row('a clock set back a day, with a handler at work', whileAtWork(-dayMs)),
  row('a clock set forward a day, with a handler at work', whileAtWork(dayMs)),
  row('a clock set back a day, after a consumer died', afterDeath(-dayMs)),
  row('a clock set forward a day, after a consumer died', afterDeath(dayMs)),
  row('a clock set back a day, before a retry', beforeRetry(-dayMs)),
  row(
    'a clock set back a day, with a message in the outbox',
    pendingInOutbox,
    'found by the relay, and sent',
  ),
]
