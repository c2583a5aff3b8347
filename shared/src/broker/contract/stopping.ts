// B25 to B28: how a consumer stops.

import assert from 'node:assert/strict'
import {
  ack,
  aMessage,
  deadLetter,
  fulfilled,
  gate,
  manyIds,
  orders,
  publishAll,
  recorder,
  retry,
  untilCount,
  untilHanded,
  withOrders,
} from './parts.ts'
import type { BrokerObligation } from './world.ts'

export const stopping: readonly BrokerObligation[] = [
  {
    id: 'B25',
    title: 'stop takes nothing more, waits for what is in flight, and leaves the rest',
    async run(world) {
      const broker = await withOrders(world)
      const ids = manyIds('order', 5)
      await publishAll(broker, ids)
      const hold = gate(world)
      const seen = recorder(async () => {
        await hold.passed()
        return ack
      })
      const consumer = await broker.consume(orders.queue, seen.handle, { prefetch: 2 })
      await untilHanded(world, seen, 2)
      let isStopped = false
      const stopped = consumer.stop().then(() => {
        isStopped = true
      })
      await world.sleep(30)
      assert.equal(isStopped, false, 'expected stop to wait for what is in flight')
      hold.open()
      await stopped

      assert.deepEqual([consumer.stats.acked, consumer.stats.lost, consumer.inFlight], [2, 0, 0])
      assert.equal(seen.deliveries.length, 2)
      await untilCount(world, broker, { ...orders, count: 3 })
      const rest = recorder(() => ack)
      await broker.consume(orders.queue, rest.handle)
      await untilHanded(world, rest, 3)
      assert.deepEqual([...seen.ids, ...rest.ids].toSorted(), ids)
      assert.ok(rest.deliveries.every(({ attempt }) => attempt === 1))
    },
  },
  {
    id: 'B25b',
    title: 'the numbers of a consumer add up',
    async run(world) {
      const broker = await withOrders(world)
      const seen = recorder(({ message, attempt }) => {
        if (attempt === 1 && message.id === 'order-1') return retry('once more')
        if (message.id === 'order-2') return deadLetter('never')
        return ack
      })
      const consumer = await broker.consume(orders.queue, seen.handle)
      await publishAll(broker, manyIds('order', 4))
      await world.until(() => consumer.stats.acked === 3, 'all to be settled')
      await consumer.stop()
      const { delivered, acked, retried, deadLettered, released, lost } = consumer.stats
      assert.deepEqual(
        { delivered, acked, retried, deadLettered, released, lost },
        { delivered: 5, acked: 3, retried: 1, deadLettered: 1, released: 0, lost: 0 },
      )
      assert.equal(seen.deliveries.length, delivered)
    },
  },
  {
    id: 'B26',
    title: 'past its deadline, stop aborts the signals and gives back what is unsettled',
    async run(world) {
      const broker = await withOrders(world)
      await broker.publish(orders, aMessage('one'))
      const hold = gate(world)
      const hung = recorder(async () => {
        await hold.passed()
        return ack
      })
      const consumer = await broker.consume(orders.queue, hung.handle)
      await untilHanded(world, hung, 1)
      assert.equal(hung.deliveries[0]?.signal.aborted, false)
      await consumer.stop({ drainMs: 20 })
      assert.equal(hung.deliveries[0]?.signal.aborted, true)

      const stays = gate(world)
      const seen = recorder(async () => {
        await stays.passed()
        return ack
      })
      const second = await broker.consume(orders.queue, seen.handle)
      await untilHanded(world, seen, 1)
      if (broker.features.releaseIsFree) assert.equal(seen.deliveries[0]?.attempt, 1)
      hold.open()
      await world.until(() => consumer.stats.lost === 1, 'the late settlement to be counted')
      assert.deepEqual([consumer.stats.acked, consumer.inFlight], [0, 0])
      stays.open()
      await world.until(() => second.stats.acked === 1, 'the second consumer to acknowledge')
      assert.deepEqual(seen.ids, ['one'])
    },
  },
  {
    id: 'B27',
    title: 'no handler is called after stop resolved',
    async run(world) {
      const broker = await withOrders(world)
      const other = await world.open()
      let isStopped = false
      let calledLate = 0
      const seen = recorder(() => {
        if (isStopped) calledLate += 1
        return ack
      })
      const consumer = await broker.consume(orders.queue, seen.handle, { prefetch: 5 })
      const ids = manyIds('order', 40)
      await publishAll(broker, ids.slice(0, 20))
      await untilHanded(world, seen, 5)
      await consumer.stop()
      isStopped = true
      await publishAll(broker, ids.slice(20))

      const rest = recorder(() => ack)
      await other.consume(orders.queue, rest.handle)
      await world.until(
        () => new Set([...seen.ids, ...rest.ids]).size === 40,
        'the rest to be handled elsewhere',
      )
      assert.equal(calledLate, 0)
    },
  },
  {
    id: 'B28',
    title: 'to stop twice is to stop once',
    async run(world) {
      const broker = await withOrders(world)
      await broker.publish(orders, aMessage('one'))
      const hold = gate(world)
      const seen = recorder(async () => {
        await hold.passed()
        return ack
      })
      const consumer = await broker.consume(orders.queue, seen.handle)
      await untilHanded(world, seen, 1)
      let stopped = 0
      const both = Promise.allSettled(
        [1, 2].map(async () => {
          await consumer.stop()
          stopped += 1
        }),
      )
      await world.sleep(30)
      assert.equal(stopped, 0, 'expected both to wait for what is in flight')
      hold.open()
      assert.deepEqual(fulfilled(await both), [true, true])
      await assert.doesNotReject(consumer.stop())
      await assert.doesNotReject(async () => consumer[Symbol.asyncDispose]())
      assert.deepEqual([consumer.stats.acked, consumer.stats.lost], [1, 0])
    },
  },
]
