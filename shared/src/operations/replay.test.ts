import { expect, test } from 'vitest'
import {
  type Broker,
  deadLetterQueue,
  decoratedBroker,
  SimulatedBroker,
  sqliteBroker,
} from '../broker/index.ts'
import { header, type WireMessage } from '../message/index.ts'
import { scratchPlace } from '../outbox/testing/real.fixture.ts'
import { exploreSystem, simulatedWorld, type System } from '../simulation/index.ts'
import { realTime, Unavailable } from '../world/index.ts'
import { replayDeadLetters } from './index.ts'

const { until } = realTime()
const queue = 'orders'
const dead = deadLetterQueue(queue)
const topology = { queues: [{ name: queue }], bindings: [] }
const idsIn = (messages: readonly WireMessage[]) => messages.map(({ id }) => id).toSorted()

const aMessage = (id: string): WireMessage => ({
  id,
  type: 'AddItem',
  headers: { conversationId: id },
  body: new Uint8Array([1, 2]),
})

/** A broker with these dead letters. */
async function withDead(ids: readonly string[], act: (broker: Broker) => Promise<void>) {
  await using place = await scratchPlace()
  await using broker = sqliteBroker(place)
  await broker.declare(topology)
  for (const id of ids) await broker.publish({ queue }, aMessage(id))
  const outcome = { kind: 'dead-letter', reason: 'out of globes' } as const
  const consumer = await broker.consume(queue, async () => outcome)
  await until(() => consumer.stats.deadLettered === ids.length, 'all to be dead letters')
  await consumer.stop()
  await act(broker)
}

test('all dead letters are in their queue again, as they were', () =>
  withDead(['a', 'b', 'c'], async (broker) => {
    const done = await replayDeadLetters(broker, queue)
    expect({ ...done, replayed: done.replayed.toSorted() }).toEqual({
      replayed: ['a', 'b', 'c'],
      refused: [],
      missing: [],
      unseen: 0,
    })
    const back = await broker.peek(queue, 10)
    expect(back.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(['a', 'b', 'c'].map(aMessage))
    expect(await broker.count(dead)).toBe(0)
  }))

test('of several dead letters only those that are named are replayed', () =>
  withDead(['a', 'b', 'c', 'd'], async (broker) => {
    const done = await replayDeadLetters(broker, queue, { ids: ['d', 'b', 'nobody'] })
    expect(done.replayed.toSorted()).toEqual(['b', 'd'])
    expect(done.missing).toEqual(['nobody'])
    expect(idsIn(await broker.peek(dead, 10))).toEqual(['a', 'c'])
  }))

test('no more are replayed than the limit says, the oldest first', () =>
  withDead(['a', 'b', 'c', 'd'], async (broker) => {
    expect((await replayDeadLetters(broker, queue, { limit: 2 })).replayed).toHaveLength(2)
    expect(idsIn(await broker.peek(queue, 10))).toEqual(['a', 'b'])
    expect(idsIn(await broker.peek(dead, 10))).toEqual(['c', 'd'])
  }))

test('what stands behind the first thousand is not said to be missing', () =>
  withDead(['a', 'b'], async (broker) => {
    const long = decoratedBroker(broker, { count: async () => 1500 })
    const done = await replayDeadLetters(long, queue, { ids: ['a', 'c'], withinMs: 50 })
    expect(done).toEqual({ replayed: ['a'], refused: [], missing: ['c'], unseen: 500 })
  }))

test('without dead letters there is nothing to do', () =>
  withDead([], async (broker) => {
    expect(await replayDeadLetters(broker, queue)).toEqual({
      replayed: [],
      refused: [],
      missing: [],
      unseen: 0,
    })
  }))

test('what the broker does not take stays a dead letter, with its reason', () =>
  withDead(['a', 'b'], async (broker) => {
    const picky = decoratedBroker(broker, {
      publish: (to, message) =>
        message.id === 'a' ? Promise.reject(new Unavailable('not a')) : broker.publish(to, message),
    })
    const done = await replayDeadLetters(picky, queue)
    expect(done).toMatchObject({
      replayed: ['b'],
      refused: [{ id: 'a', reason: 'Unavailable: not a' }],
    })
    const [left] = await broker.peek(dead, 10)
    expect(left?.headers[header.deadReason]).toBe('out of globes')
  }))

test('where the broker says nothing, it ends in time and what was held is given back', () =>
  withDead(['a', 'b'], async (broker) => {
    const silent = decoratedBroker(broker, {
      count: async () => 3,
    })
    const done = await replayDeadLetters(silent, queue, { ids: ['a'], withinMs: 50 })
    expect(done.replayed).toEqual(['a'])
    expect(idsIn(await broker.peek(dead, 10))).toEqual(['b'])
  }))

/** Two dead letters, and a process that replays them, and begins anew when it has crashed. */
const replaying =
  (bend: (broker: Broker) => Broker): System =>
  (simulation) => {
    const broker = new SimulatedBroker(simulation)
    const ids = ['a', 'b']
    broker.declare(topology)
    for (const id of ids) broker.enqueue({ queue: dead }, aMessage(id))
    simulation.process({
      name: 'operator',
      start: (process) => {
        const world = simulatedWorld(process)
        replayDeadLetters(bend(broker.open(process)), queue, { world }).catch((cause: unknown) =>
          simulation.report({ code: 'STUCK', sentence: String(cause), cause }),
        )
      },
    })
    const places = (): readonly string[] =>
      [...broker.waiting(queue), ...broker.waiting(dead)].map(({ id }) => id)
    return {
      atEnd: () => {
        const lost = ids.filter((id) => !places().includes(id))
        if (lost.length === 0) return undefined
        return { code: 'LOST_MESSAGE', sentence: `${lost.join()} is nowhere` }
      },
      goals: { 'one is in its queue twice': () => broker.waiting(queue).length > 2 },
    }
  }

test('a crash at any moment loses none, and at worst leaves one twice', async () => {
  const system = replaying((broker) => broker)
  const { counterexample, coverage, missed } = await exploreSystem({
    system,
    faults: { crashes: 1 },
  })
  expect(counterexample?.finding).toBeUndefined()
  expect(coverage.kind).toBe('all')
  expect(missed).toEqual([])
})

/** Believes that whoever removes will also get to publish. */
const removesFirst = (broker: Broker): Broker => {
  const later: (() => Promise<void>)[] = []
  return decoratedBroker(broker, {
    publish: async (...call) => void later.push(() => broker.publish(...call)),
    consume: (from, handle, options) =>
      broker.consume(from, handle, {
        ...options,
        onSettled: () => void later.shift()?.(),
      }),
  })
}

test('a replay that removes before it publishes is found out', async () => {
  const { counterexample } = await exploreSystem({
    system: replaying(removesFirst),
    faults: { crashes: 1 },
  })
  expect(counterexample?.finding.code).toBe('LOST_MESSAGE')
})
