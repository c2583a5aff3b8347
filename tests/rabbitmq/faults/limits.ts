// Where RabbitMQ counts, routes and bounds otherwise than one would like.

import assert from 'node:assert/strict'
import { Socket } from 'node:net'
import { deadLetterQueue, TopologyMismatch, Unroutable } from '../../../shared/src/broker/broker.ts'
import { dial } from '../../../shared/src/broker/rabbitmq/dial.ts'
import { header } from '../../../shared/src/message/index.ts'
import { Unavailable } from '../../../shared/src/world/index.ts'
import {
  aGate,
  aMessage,
  declareOrders,
  type FaultCase,
  orders,
  Tally,
  until,
  untilCount,
} from './fault-case.ts'

const dead = deadLetterQueue(orders.queue)

const nextTick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve))

export const limits: readonly FaultCase[] = [
  {
    title: 'what amqplib writes in one go leaves in one go',
    async run({ rabbitmq }) {
      const link = await dial({ url: rabbitmq.url, name: 'a look', heartbeatS: 0, timeoutMs: 5000 })
      try {
        const { stream } = link.model.connection as { readonly stream?: unknown }
        assert.ok(stream instanceof Socket, 'expected amqplib to keep its socket where it was')
        stream.write('')
        assert.equal(stream.writableCorked, 1)
        await nextTick()
        assert.equal(stream.writableCorked, 0)
      } finally {
        link.destroy()
      }
    },
  },
  {
    title: 'among 400 good publishes at once, the one that is unroutable fails, and no other',
    async run(scene) {
      const { broker } = await scene.open()
      await declareOrders(broker)
      const targets = Array.from({ length: 401 }, (_, i) => (i === 200 ? 'nowhere' : orders.queue))
      const results = await Promise.allSettled(
        // One id for all: what is returned must be found by more than its id.
        targets.map((queue) => broker.publish({ queue }, aMessage('same'))),
      )
      for (const [i, result] of results.entries()) {
        if (i !== 200) assert.equal(result.status, 'fulfilled', `publish ${i}`)
        else assert.ok(result.status === 'rejected' && result.reason instanceof Unroutable)
      }
      await untilCount(broker, orders.queue, 400)
    },
  },
  {
    title: 'delayed retries and consumers that died count together towards the delivery limit',
    async run(scene) {
      const { broker } = await scene.open()
      const { broker: doomed } = await scene.open()
      await declareOrders(broker, 3)
      await declareOrders(doomed, 3)
      const retryLater = { kind: 'retry', delayMs: 5, reason: 'the bank is shut' } as const
      const hold = aGate()
      const first = new Tally(async ({ attempt }) => {
        if (attempt > 1) await hold.passed
        return retryLater
      })
      await doomed.consume(orders.queue, first.handle, { prefetch: 1 })
      await broker.publish(orders, aMessage('poison'))
      await until(() => first.deliveries.length === 2, 'attempt 2')
      doomed.abandon()
      hold.open()
      const second = new Tally(() => retryLater)
      await broker.consume(orders.queue, second.handle)
      await untilCount(broker, dead, 1)
      const attempts = [...first.deliveries, ...second.deliveries].map(({ attempt }) => attempt)
      assert.deepEqual(attempts, [1, 2, 3])
      const [letter] = await broker.peek(dead, 1)
      assert.equal(letter?.headers[header.deadAttempts], '3')
      assert.match(letter?.headers[header.deadReason] ?? '', /the bank is shut/)
    },
  },
  {
    title: 'a message released more often than its delivery limit is no dead letter',
    async run(scene) {
      const { broker } = await scene.open()
      await declareOrders(broker, 2)
      const tally = new Tally(() => ({ kind: tally.deliveries.length <= 6 ? 'release' : 'ack' }))
      const consumer = await broker.consume(orders.queue, tally.handle)
      await broker.publish(orders, aMessage('one'))
      await until(() => consumer.stats.acked === 1, 'the message to be acknowledged')
      assert.equal(consumer.stats.released, 6)
      assert.ok(tally.deliveries.every(({ attempt }) => attempt <= 2))
      assert.equal(await broker.count(dead), 0)
    },
  },
  {
    title: 'delayed events that nobody wants hold no other delayed message up',
    async run(scene) {
      const { broker } = await scene.open()
      await declareOrders(broker)
      // RabbitMQ holds back at most 32 messages that it cannot route, and then everything behind
      // them.
      const unheard = Array.from({ length: 100 }, (_, i) => aMessage(`unheard-${i}`))
      await Promise.all(
        unheard.map((message) => broker.publish({ event: 'Nothing' }, message, { delayMs: 10 })),
      )
      const tally = new Tally()
      await broker.consume(orders.queue, tally.handle)
      await broker.publish(orders, aMessage('heard'), { delayMs: 20 })
      await until(() => tally.has('heard'), 'the delayed message')
    },
  },
  {
    title: 'a delayed message to a queue that was never declared, or too far ahead, is refused',
    async run(scene) {
      const { broker } = await scene.open()
      await declareOrders(broker)
      const nowhere = broker.publish({ queue: 'nowhere' }, aMessage('one'), { delayMs: 10 })
      await assert.rejects(nowhere, Unroutable)
      const tooFar = broker.publish(orders, aMessage('two'), { delayMs: 2 ** 31 })
      await assert.rejects(tooFar, RangeError)
      await assert.rejects(broker.publish(orders, aMessage('three'), { delayMs: -1 }), RangeError)
      await broker.publish(orders, aMessage('four'))
      await untilCount(broker, orders.queue, 1)
    },
  },
  {
    title: 'a declaration that is refused disturbs no consumer of the same connection',
    async run(scene) {
      const { broker } = await scene.open()
      const { broker: other } = await scene.open()
      await declareOrders(other, 7)
      await broker.declare({ queues: [{ name: 'billing' }], bindings: [] })
      const hold = aGate()
      const tally = new Tally(async () => {
        await hold.passed
        return { kind: 'ack' }
      })
      const consumer = await broker.consume('billing', tally.handle)
      await broker.publish({ queue: 'billing' }, aMessage('one'))
      await until(() => consumer.inFlight === 1, 'a delivery')
      await assert.rejects(declareOrders(broker, 8), TopologyMismatch)
      await assert.rejects(broker.consume('nowhere', tally.handle), Unroutable)
      await assert.rejects(broker.peek('nowhere', 1), Unroutable)
      hold.open()
      await until(() => consumer.stats.acked === 1, 'the acknowledgement')
    },
  },
  {
    title: 'more publishes at once than may wait are refused, and had no effect',
    async run(scene) {
      const { broker } = await scene.open({ window: 2, maxWaiting: 10 })
      await declareOrders(broker)
      const results = await Promise.allSettled(
        Array.from({ length: 100 }, (_, i) => broker.publish(orders, aMessage(`order-${i}`))),
      )
      const refused = results.filter((result) => result.status === 'rejected')
      assert.equal(refused.length, 88)
      assert.ok(refused.every(({ reason }) => reason instanceof Unavailable))
      await untilCount(broker, orders.queue, 12)
    },
  },
]
