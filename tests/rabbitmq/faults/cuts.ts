// Cut connections: with load on them, with handlers running, and while closing.

import assert from 'node:assert/strict'
import { rabbitmqBroker } from '../../../shared/src/broker/rabbitmq/rabbitmq-broker.ts'
import { Unavailable, Unknown } from '../../../shared/src/world/index.ts'
import {
  aGate,
  aMessage,
  declareOrders,
  type FaultCase,
  orders,
  Tally,
  until,
  untilAllArrived,
  untilCount,
} from './fault-case.ts'
import { Load } from './load.ts'

export const cuts: readonly FaultCase[] = [
  {
    title: 'connections cut five times under load lose no confirmed message',
    async run(scene) {
      const proxy = await scene.proxy()
      const { broker: publisher } = await scene.open({ proxy })
      const { broker } = await scene.open({ proxy })
      await declareOrders(broker, 1000)
      const tally = new Tally()
      const consumer = await broker.consume(orders.queue, tally.handle, { prefetch: 20 })
      const load = new Load(publisher)
      for (let cut = 1; cut <= 5; cut++) {
        const [confirmed, handled] = [load.confirmed.size, tally.deliveries.length]
        await until(
          () => load.confirmed.size >= confirmed + 200 && tally.deliveries.length >= handled + 200,
          `messages to flow before cut ${cut}`,
        )
        proxy.cut()
      }
      await load.stop()
      await untilAllArrived(load.confirmed, { tally, broker })
      await until(() => consumer.inFlight === 0, 'nothing to be in flight')
      assert.ok(tally.mostAtOnce <= 20, `expected 20 at once at most, got ${tally.mostAtOnce}`)
      const { delivered, acked, lost } = consumer.stats
      assert.equal(acked + lost, delivered)
      console.info(
        `5 cuts: ${load.confirmed.size} confirmed, ${load.unknown} unknown, ` +
          `${tally.duplicates} duplicates, ${lost} settlements lost`,
      )

      const hold = aGate()
      const held = new Tally(async () => {
        await hold.passed
        return { kind: 'ack' }
      })
      await consumer.stop()
      const after = await broker.consume(orders.queue, held.handle, { prefetch: 4 })
      proxy.cut()
      for (let i = 0; i < 10; i++) {
        await until(() => published(publisher, `after-${i}`), 'a publish after the cuts')
      }
      await until(() => after.inFlight === 4, 'the prefetch to be used')
      assert.equal(held.mostAtOnce, 4)
      hold.open()
      await untilCount(broker, orders.queue, 0)
      assert.ok(held.mostAtOnce <= 4, `expected 4 at once at most, got ${held.mostAtOnce}`)
    },
  },
  {
    title: 'a broker whose wire is cut while it is opened is unavailable, and may be tried again',
    async run(scene) {
      const proxy = await scene.proxy()
      const opening = rabbitmqBroker({
        url: `amqp://guest:guest@127.0.0.1:${proxy.port}`,
        // It has a connection now, and is about to ask for a channel.
        onNotice: ({ kind, detail }) => {
          if (kind === 'connected' && detail.startsWith('publisher')) proxy.cut()
        },
      })
      await assert.rejects(opening, Unavailable)
    },
  },
  {
    title: 'handlers that outlive their connection count against the prefetch, and settle nothing',
    async run(scene) {
      const proxy = await scene.proxy()
      const { broker: publisher } = await scene.open()
      const { broker, notices } = await scene.open({ proxy })
      await declareOrders(broker)
      for (let i = 0; i < 10; i++) await publisher.publish(orders, aMessage(`order-${i}`))
      const hold = aGate()
      const tally = new Tally(async () => {
        await hold.passed
        return { kind: 'ack' }
      })
      const consumer = await broker.consume(orders.queue, tally.handle, { prefetch: 3 })
      await until(() => tally.deliveries.length === 3, '3 deliveries')
      proxy.cut()
      await until(() => tally.deliveries.every(({ signal }) => signal.aborted), 'aborted signals')
      const isBack = () => notices.filter((kind) => kind === 'subscribed').length === 2
      await until(isBack, 'the consumer to be back')
      await untilCount(publisher, orders.queue, 7)
      assert.deepEqual([tally.deliveries.length, consumer.inFlight], [3, 3])
      hold.open()
      await until(() => consumer.stats.acked === 10, '10 acknowledgements')
      assert.deepEqual([consumer.stats.lost, tally.mostAtOnce], [3, 3])
      await untilCount(publisher, orders.queue, 0)
    },
  },
  {
    title: 'close wins over a reconnect, and everything settles',
    async run(scene) {
      const proxy = await scene.proxy()
      // Nothing but the close may settle what waits.
      const { broker, notices } = await scene.open({ proxy, publishTimeoutMs: 600_000 })
      await declareOrders(broker)
      const hold = aGate()
      const tally = new Tally(async () => {
        await hold.passed
        return { kind: 'ack' }
      })
      await broker.publish(orders, aMessage('one'))
      const consumer = await broker.consume(orders.queue, tally.handle)
      await until(() => consumer.inFlight === 1, 'a delivery')
      proxy.refuse()
      await until(() => notices.includes('failed'), 'a reconnect that fails')
      let refusal: unknown
      const waiting = broker.publish(orders, aMessage('two')).catch((error: unknown) => {
        refusal = error
      })
      await assert.doesNotReject(broker.close({ drainMs: 50 }))
      await until(() => refusal instanceof Unavailable, 'the publish that waited to be refused')
      await waiting
      hold.open()
      await until(() => consumer.inFlight === 0, 'the handler to finish')
      assert.equal(consumer.stats.lost, 1)
      await assert.rejects(broker.publish(orders, aMessage('three')), Unavailable)
      await assert.rejects(broker.count(orders.queue), Unavailable)
    },
  },
  {
    title: 'a silent connection is noticed: its publishes end in time, its consumers come back',
    async run(scene) {
      const proxy = await scene.proxy()
      const { broker: publisher } = await scene.open()
      const quick = { heartbeatS: 1, publishTimeoutMs: 400, requestTimeoutMs: 1000 }
      const { broker, notices } = await scene.open({ proxy, ...quick })
      await declareOrders(broker)
      const tally = new Tally()
      await broker.consume(orders.queue, tally.handle, { prefetch: 2 })
      await broker.publish(orders, aMessage('before'))
      await until(() => tally.has('before'), 'the first message')
      proxy.blackHole()
      await assert.rejects(broker.publish(orders, aMessage('swallowed')), Unknown)
      assert.ok(!notices.includes('disconnected'), 'expected the deadline to come first')
      await until(() => notices.includes('disconnected'), 'the silence to be noticed')
      await publisher.publish(orders, aMessage('meanwhile'))
      proxy.heal()
      await until(() => tally.has('meanwhile'), 'the consumer to be back')
      await until(() => published(broker, 'after'), 'the publisher to be back')
      await until(() => tally.has('after'), 'the last message')
      console.info(`a black hole: ${tally.duplicates} duplicates`)
    },
  },
]

async function published(
  broker: { publish(to: typeof orders, message: ReturnType<typeof aMessage>): Promise<void> },
  id: string,
): Promise<boolean> {
  try {
    await broker.publish(orders, aMessage(id))
    return true
  } catch (error) {
    if (error instanceof Unknown || error instanceof Unavailable) return false
    throw error
  }
}
