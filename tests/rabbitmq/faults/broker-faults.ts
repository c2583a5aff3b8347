// What the broker itself does to its clients: it dies, it runs out of memory, it closes a channel,
// it loses a queue.

import assert from 'node:assert/strict'
import { Unavailable, Unknown } from '../../../shared/src/world/index.ts'
import { bogusAck } from '../frames.ts'
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

const billing = { queue: 'billing' } as const

export const brokerFaults: readonly FaultCase[] = [
  {
    title: 'a broker killed and started again under load loses no confirmed message',
    async run(scene) {
      const { broker: publisher } = await scene.open()
      const { broker } = await scene.open()
      await declareOrders(broker, 1000)
      await scene.rabbitmq.flush()
      const tally = new Tally()
      const consumer = await broker.consume(orders.queue, tally.handle, { prefetch: 20 })
      const load = new Load(publisher)
      await until(() => tally.deliveries.length >= 300, 'messages to flow')
      await scene.rabbitmq.kill()
      await scene.rabbitmq.restart()
      const handled = tally.deliveries.length
      await until(() => tally.deliveries.length >= handled + 300, 'messages to flow again')
      await load.stop()
      await untilAllArrived(load.confirmed, { tally, broker })
      await until(() => consumer.inFlight === 0, 'nothing to be in flight')
      assert.ok(tally.mostAtOnce <= 20, `expected 20 at once at most, got ${tally.mostAtOnce}`)
      console.info(
        `a kill: ${load.confirmed.size} confirmed, ${load.unknown} unknown, ` +
          `${load.unavailable} unavailable, ${tally.duplicates} duplicates, ` +
          `${consumer.stats.lost} settlements lost`,
      )
    },
  },
  {
    title: 'a channel that the broker closes takes no other subscription with it, and comes back',
    async run(scene) {
      const proxy = await scene.proxy()
      const { broker, notices } = await scene.open({ proxy })
      await broker.declare({ queues: [{ name: orders.queue }, { name: 'billing' }], bindings: [] })
      const hold = aGate()
      const held = async () => {
        await hold.passed
        return { kind: 'ack' } as const
      }
      const [here, there] = [new Tally(held), new Tally(held)]
      const first = await broker.consume(orders.queue, here.handle, { prefetch: 2 })
      const second = await broker.consume(billing.queue, there.handle, { prefetch: 2 })
      for (const id of ['a', 'b', 'c']) {
        await broker.publish(orders, aMessage(id))
        await broker.publish(billing, aMessage(id))
      }
      await until(() => first.inFlight === 2 && second.inFlight === 2, '4 deliveries')

      // The consumers' connection is the first one, and the first subscription has its channel 1.
      proxy.inject(0, bogusAck(1))
      await until(() => here.deliveries.every(({ signal }) => signal.aborted), 'aborted signals')
      const isBack = () => notices.filter((kind) => kind === 'subscribed').length === 3
      await until(isBack, 'the subscription to be back')
      hold.open()
      await until(() => first.stats.acked === 3 && second.stats.acked === 3, 'all to be handled')
      assert.deepEqual([first.stats.lost, second.stats.lost], [2, 0])
      assert.ok(there.deliveries.every(({ signal }) => !signal.aborted))
      assert.ok(!notices.includes('disconnected'), 'expected the connection to stay')

      // The publisher's channel is the only one on its connection.
      proxy.inject(1, bogusAck(1))
      await until(() => broker.publish(orders, aMessage('d')).then(always, unknown), 'a publish')
      await until(() => here.has('d'), 'its message')
    },
  },
  {
    title: 'a queue that is deleted under its consumer is made again, with its bindings',
    async run(scene) {
      const { broker } = await scene.open()
      const { broker: vandal } = await scene.open()
      const topology = {
        queues: [{ name: orders.queue }],
        bindings: [{ event: 'OrderPlaced', ...orders }],
      }
      await broker.declare(topology)
      await vandal.declare(topology)
      const tally = new Tally()
      const consumer = await broker.consume(orders.queue, tally.handle, { prefetch: 3 })
      await broker.publish(orders, aMessage('before'))
      await until(() => tally.has('before'), 'the first message')
      await vandal.drop()

      const again = () => broker.publish(orders, aMessage('after')).then(always, () => false)
      await until(again, 'a publish')
      await until(() => tally.has('after'), 'its message')
      await broker.publish({ event: 'OrderPlaced' }, aMessage('event'))
      await until(() => tally.has('event'), 'the event')
      await until(() => consumer.inFlight === 0, 'nothing to be in flight')
    },
  },
  {
    title: 'a broker without memory takes no publishes, says so in time, and goes on delivering',
    async run(scene) {
      const { broker, notices } = await scene.open({ publishTimeoutMs: 300 })
      await declareOrders(broker)
      for (const id of ['a', 'b', 'c']) await broker.publish(orders, aMessage(id))
      await scene.rabbitmq.setMemoryAlarm(true)
      try {
        // What is sent before the broker says that it is blocked may be taken later.
        await until(async () => {
          await assert.rejects(broker.publish(orders, aMessage('maybe')))
          return notices.includes('blocked')
        }, 'the broker to block publishers')
        await assert.rejects(broker.publish(orders, aMessage('never')), Unavailable)
        const tally = new Tally()
        const consumer = await broker.consume(orders.queue, tally.handle, { prefetch: 1 })
        await until(() => consumer.stats.acked >= 3, 'deliveries during the alarm')
        await scene.rabbitmq.setMemoryAlarm(false)
        await until(
          () => broker.publish(orders, aMessage('after')).then(always, unknown),
          'a publish',
        )
        await until(() => tally.has('after'), 'its message')
        assert.ok(!tally.has('never'), 'expected an unavailable publish to have had no effect')
        assert.ok(!notices.includes('disconnected'), 'expected the connections to stay')
      } finally {
        await scene.rabbitmq.setMemoryAlarm(false)
      }
    },
  },
  {
    title: 'a graceful stop under load settles what is in flight, and leaves the rest untouched',
    async run(scene) {
      const { broker: publisher } = await scene.open()
      const { broker } = await scene.open()
      await declareOrders(publisher)
      const load = new Load(publisher)
      const tally = new Tally()
      const consumer = await broker.consume(orders.queue, tally.handle, { prefetch: 20 })
      await until(() => tally.deliveries.length >= 500, 'messages to flow')
      await broker.close()
      const { delivered, acked, lost } = consumer.stats
      assert.deepEqual([acked, lost, consumer.inFlight], [delivered, 0, 0])
      await load.stop()
      await untilCount(publisher, orders.queue, load.confirmed.size - acked)

      const rest = new Tally()
      await publisher.consume(orders.queue, rest.handle, { prefetch: 50 })
      await untilCount(publisher, orders.queue, 0)
      await until(() => tally.different + rest.different >= load.confirmed.size, 'all messages')
      const handled = tally.deliveries.length + rest.deliveries.length
      assert.equal(handled, load.confirmed.size)
      console.info(
        `a graceful stop: ${acked} before, ${rest.deliveries.length} after, 0 duplicates`,
      )
    },
  },
]

const always = () => true

/** What nobody knows may be tried again; anything else is a failure of the case. */
function unknown(error: unknown): boolean {
  if (error instanceof Unknown || error instanceof Unavailable) return false
  throw error
}
