// B33 to B35: what those who operate a broker are told of it.

import assert from 'node:assert/strict'
import type { Consumer, ConsumerStats } from '../broker.ts'
import {
  ack,
  aMessage,
  deadLetter,
  gate,
  manyIds,
  orders,
  publishAll,
  recorder,
  release,
  retry,
  untilHanded,
  withOrders,
} from './parts.ts'
import type { BrokerObligation } from './world.ts'

const settledIn = ({ acked, retried, released, deadLettered, lost }: ConsumerStats): number =>
  acked + retried + released + deadLettered + lost

export const watching: readonly BrokerObligation[] = [
  {
    id: 'B33',
    title: 'what became of each delivery is told once, when it is counted',
    async run(world) {
      const broker = await withOrders(world, { deliveryLimit: 2 })
      let releases = 0
      const seen = recorder(({ message: { id }, attempt }) => {
        if (id === 'order-1') return ack
        if (id === 'order-2') return attempt === 1 ? retry('once more') : ack
        if (id === 'order-3') return (releases += 1) === 1 ? release : ack
        return id === 'order-4' ? deadLetter('never') : retry('again and again')
      })
      const told: string[] = []
      const added: boolean[] = []
      const consumer: Consumer = await broker.consume(orders.queue, seen.handle, {
        onSettled: ({ message }, settled) => {
          told.push(`${message.id} ${settled}`)
          const { stats, inFlight } = consumer
          added.push(settledIn(stats) === told.length && stats.delivered === told.length + inFlight)
        },
      })
      await publishAll(broker, manyIds('order', 5))
      await world.until(() => told.length >= 8, 'all to be told')
      await consumer.stop()
      assert.deepEqual(told.toSorted(), [
        'order-1 acked',
        'order-2 acked',
        'order-2 retried',
        'order-3 acked',
        'order-3 released',
        'order-4 deadLettered',
        'order-5 deadLettered',
        'order-5 retried',
      ])
      assert.ok(
        added.every((isSo) => isSo),
        'expected it to be told when it is counted',
      )
    },
  },
  {
    id: 'B33b',
    title:
      'a delivery that is settled too late is told as lost, by the delivery that was handed out',
    async run(world) {
      const broker = await withOrders(world)
      await broker.publish(orders, aMessage('one'))
      const hold = gate(world)
      const seen = recorder(async () => {
        await hold.passed()
        return ack
      })
      const told: unknown[] = []
      const consumer = await broker.consume(orders.queue, seen.handle, {
        onSettled: (delivery, settled) => told.push([delivery === seen.deliveries[0], settled]),
      })
      await untilHanded(world, seen, 1)
      await consumer.stop({ drainMs: 20 })
      hold.open()
      await world.until(() => consumer.stats.lost === 1, 'the late settlement to be counted')
      assert.deepEqual(told, [[true, 'lost']])
    },
  },
  {
    id: 'B34',
    title: 'a consumer receives until it stops',
    async run(world) {
      const broker = await withOrders(world)
      await broker.publish(orders, aMessage('one'))
      const hold = gate(world)
      const seen = recorder(async () => {
        await hold.passed()
        return ack
      })
      const consumer = await broker.consume(orders.queue, seen.handle)
      assert.equal(consumer.isReceiving, true)
      await untilHanded(world, seen, 1)
      const stopped = consumer.stop()
      assert.equal(consumer.isReceiving, false, 'expected no more from the call of stop on')
      hold.open()
      await stopped
      assert.equal(consumer.isReceiving, false)
    },
  },
  {
    id: 'B35',
    title: 'an open broker is ready, and one that closes is closed',
    async run(world) {
      const broker = await withOrders(world)
      assert.deepEqual(broker.state, { kind: 'ready' })
      const consumer = await broker.consume(orders.queue, async () => ack)
      const closed = broker.close()
      assert.deepEqual(broker.state, { kind: 'closed' })
      await closed
      assert.deepEqual(broker.state, { kind: 'closed' })
      assert.equal(consumer.isReceiving, false, 'expected its consumers to have stopped')
    },
  },
]
