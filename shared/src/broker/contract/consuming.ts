// B19 to B24: how messages are handed to one consumer, to several, and to those that come after one
// that died.

import assert from 'node:assert/strict'
import {
  ack,
  aMessage,
  gate,
  manyIds,
  orders,
  publishAll,
  recorder,
  untilCount,
  untilHanded,
  withOrders,
} from './parts.ts'
import type { BrokerObligation } from './world.ts'

export const consuming: readonly BrokerObligation[] = [
  {
    id: 'B19',
    title: 'as many deliveries as the prefetch are in flight at once, and never more',
    async run(world) {
      const broker = await withOrders(world)
      await publishAll(broker, manyIds('order', 10))
      const hold = gate(world)
      const seen = recorder(async () => {
        await hold.passed()
        return ack
      })
      const consumer = await broker.consume(orders.queue, seen.handle, { prefetch: 3 })
      await untilHanded(world, seen, 3)
      await untilCount(world, broker, { ...orders, count: 7 })
      assert.equal(consumer.inFlight, 3)
      hold.open()
      await world.until(() => consumer.stats.acked === 10, '10 acknowledgements')
      assert.equal(seen.deliveries.length, 10)
      assert.equal(seen.mostAtOnce, 3)
      assert.equal(consumer.inFlight, 0)
    },
  },
  {
    id: 'B20',
    title: 'consumers of one queue, in several processes, share its messages',
    async run(world) {
      const first = await withOrders(world)
      const second = await world.open()
      const hold = gate(world)
      const handle = async () => {
        await hold.passed()
        return ack
      }
      const seen = [recorder(handle), recorder(handle), recorder(handle)] as const
      await first.consume(orders.queue, seen[0].handle, { prefetch: 1 })
      await first.consume(orders.queue, seen[1].handle, { prefetch: 1 })
      await second.consume(orders.queue, seen[2].handle, { prefetch: 1 })
      const ids = manyIds('order', 12)
      await publishAll(first, ids)
      for (const one of seen) await untilHanded(world, one, 1)
      hold.open()

      const all = () => seen.flatMap((one) => one.ids)
      await world.until(() => all().length >= ids.length, 'all to be handed out')
      await untilCount(world, first, { ...orders, count: 0 })
      assert.deepEqual(all().toSorted(), ids.toSorted())
    },
  },
  {
    id: 'B21',
    title: 'what a process had not settled when it died is delivered again, as attempt 2',
    async run(world) {
      const survivor = await withOrders(world)
      await publishAll(survivor, manyIds('order', 4))
      const doomed = await world.open()
      const hold = gate(world)
      const lost = recorder(async ({ message }) => {
        if (message.id !== 'order-1') await hold.passed()
        return ack
      })
      const consumer = await doomed.consume(orders.queue, lost.handle, { prefetch: 2 })
      // order-1 is settled; order-2 and the one that took its place are in the works.
      await untilHanded(world, lost, 3)
      await world.until(() => consumer.stats.acked === 1, 'order-1 to be acknowledged')
      await world.crash(doomed)
      hold.open()

      const seen = recorder(() => ack)
      await survivor.consume(orders.queue, seen.handle)
      await untilHanded(world, seen, 3)
      await untilCount(world, survivor, { ...orders, count: 0 })
      const attempts = seen.deliveries.map(({ message, attempt }) => `${message.id}: ${attempt}`)
      assert.deepEqual(attempts.toSorted(), ['order-2: 2', 'order-3: 2', 'order-4: 1'])
    },
  },
  {
    id: 'B22',
    title: 'a slow handler is not doubled',
    async run(world) {
      const first = await withOrders(world)
      const second = await world.open()
      const seen = recorder(async () => {
        await world.sleep(world.slowMs)
        return ack
      })
      const consumers = [
        await first.consume(orders.queue, seen.handle),
        await second.consume(orders.queue, seen.handle),
      ]
      await first.publish(orders, aMessage('slow'))
      await world.until(
        () => consumers.some(({ stats }) => stats.acked + stats.lost > 0),
        'the slow handler to finish',
      )
      assert.deepEqual(seen.ids, ['slow'])
      assert.ok(!seen.deliveries[0]?.signal.aborted, 'expected the delivery to be kept')
      assert.deepEqual(
        consumers.map(({ stats }) => stats.acked).toSorted((a, b) => a - b),
        [0, 1],
      )
      await untilCount(world, second, { ...orders, count: 0 })
    },
  },
  {
    id: 'B23',
    title: 'one consumer at prefetch 1 gets the messages in the order of publishing',
    needs: 'ordered',
    async run(world) {
      const broker = await withOrders(world)
      const ids = manyIds('order', 40)
      await publishAll(broker, ids.slice(0, 20))
      const seen = recorder(() => ack)
      await broker.consume(orders.queue, seen.handle, { prefetch: 1 })
      await publishAll(broker, ids.slice(20))
      await untilHanded(world, seen, 40)
      assert.deepEqual(seen.ids, ids)
    },
  },
  {
    id: 'B24',
    title: 'what another process publishes reaches a consumer that has been idle',
    async run(world) {
      const consumer = await withOrders(world)
      const publisher = await world.open()
      const seen = recorder(() => ack)
      await consumer.consume(orders.queue, seen.handle)
      for (const round of [1, 2, 3]) {
        await world.sleep(50)
        await publisher.publish(orders, aMessage(`order-${round}`))
        await untilHanded(world, seen, round)
      }
      assert.deepEqual(seen.ids, manyIds('order', 3))
    },
  },
]
