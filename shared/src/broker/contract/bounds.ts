// B29 to B32: many publishes at once, looking without taking, and closing.

import assert from 'node:assert/strict'
import { Unavailable, Unknown } from '../../world/index.ts'
import {
  ack,
  aMessage,
  fulfilled,
  gate,
  idsOf,
  longMs,
  manyIds,
  orders,
  publishAll,
  recorder,
  untilCount,
  untilHanded,
  withOrders,
} from './parts.ts'
import type { BrokerObligation } from './world.ts'

export const bounds: readonly BrokerObligation[] = [
  {
    id: 'B29',
    title: 'of 2,000 messages published at once none is lost',
    async run(world) {
      const broker = await withOrders(world)
      const ids = manyIds('order', 2000)
      const published = ids.map((id) => broker.publish(orders, aMessage(id)))
      await assert.doesNotReject(Promise.all(published))
      const seen = recorder(() => ack)
      const consumer = await broker.consume(orders.queue, seen.handle, { prefetch: 100 })
      await world.until(() => new Set(seen.ids).size === 2000, '2000 different messages')
      await world.until(() => consumer.inFlight === 0, 'nothing to be in flight')
      assert.equal(seen.deliveries.length, 2000)
    },
  },
  {
    id: 'B30',
    title: 'peek shows the first messages that wait, and leaves them where they are',
    async run(world) {
      const broker = await withOrders(world)
      await publishAll(broker, manyIds('order', 3))
      await untilCount(world, broker, { ...orders, count: 3 })
      // Fewer times than the delivery limit, and at once one after another.
      for (let look = 1; look <= 12; look += 1) {
        const peeked = await broker.peek(orders.queue, 2)
        assert.deepEqual(idsOf(peeked), manyIds('order', 2))
        assert.equal(new TextDecoder().decode(peeked[0]?.body), 'the body of order-1')
      }
      assert.equal(await broker.count(orders.queue), 3)
      const seen = recorder(() => ack)
      await broker.consume(orders.queue, seen.handle)
      await untilHanded(world, seen, 3)
      assert.deepEqual(seen.ids.toSorted(), manyIds('order', 3))
      if (broker.features.releaseIsFree) {
        assert.ok(seen.deliveries.every(({ attempt }) => attempt === 1))
      }
    },
  },
  {
    id: 'B31',
    title: 'the count is of what waits: neither in flight nor delayed',
    async run(world) {
      const broker = await withOrders(world)
      assert.equal(await broker.count(orders.queue), 0)
      await broker.publish(orders, aMessage('delayed'), { delayMs: longMs })
      await publishAll(broker, manyIds('order', 5))
      await untilCount(world, broker, { ...orders, count: 5 })
      const hold = gate(world)
      const seen = recorder(async () => {
        await hold.passed()
        return ack
      })
      const consumer = await broker.consume(orders.queue, seen.handle, { prefetch: 2 })
      await untilHanded(world, seen, 2)
      await untilCount(world, broker, { ...orders, count: 3 })
      assert.equal((await broker.peek(orders.queue, 10)).length, 3)
      const stopped = consumer.stop()
      hold.open()
      await stopped
    },
  },
  {
    id: 'B32',
    title: 'close finishes what is in flight and lets go; what is published after it is refused',
    async run(world) {
      const broker = await withOrders(world)
      const other = await world.open()
      await publishAll(broker, manyIds('order', 3))
      const hold = gate(world)
      let finished = 0
      const seen = recorder(async () => {
        await hold.passed()
        finished += 1
        return ack
      })
      await broker.consume(orders.queue, seen.handle, { prefetch: 1 })
      await untilHanded(world, seen, 1)
      let isClosed = false
      const closed = Promise.allSettled([broker.close(), broker.close()])
      const noticed = closed.then(() => {
        isClosed = true
      })
      await world.sleep(30)
      assert.equal(isClosed, false, 'expected close to wait for what is in flight')
      hold.open()
      await noticed
      assert.deepEqual(fulfilled(await closed), [true, true])
      assert.equal(finished, 1)
      await assert.rejects(broker.publish(orders, aMessage('late')), Unavailable)
      await assert.doesNotReject(broker.close())

      await untilCount(world, other, { ...orders, count: 2 })
      assert.deepEqual(idsOf(await other.peek(orders.queue, 10)), ['order-2', 'order-3'])
      assert.equal(seen.deliveries.length, 1)
    },
  },
  {
    id: 'B32b',
    title: 'a close while publishing tells the truth about every publish',
    async run(world) {
      const broker = await withOrders(world)
      const other = await world.open()
      await broker.publish(orders, aMessage('first'))
      const ids = manyIds('order', 300)
      const publishes = Promise.allSettled(ids.map((id) => broker.publish(orders, aMessage(id))))
      await broker.close()
      const results = await publishes

      const seen = recorder(() => ack)
      await other.consume(orders.queue, seen.handle, { prefetch: 100 })
      await other.publish(orders, aMessage('last'))
      const confirmed = ids.filter((_, i) => results[i]?.status === 'fulfilled')
      await world.until(
        () => ['first', ...confirmed, 'last'].every((id) => seen.ids.includes(id)),
        'every confirmed message',
      )
      for (const [i, result] of results.entries()) {
        if (result.status === 'fulfilled') continue
        const reason: unknown = result.reason
        assert.ok(reason instanceof Unavailable || reason instanceof Unknown, String(reason))
        const id = ids[i] ?? ''
        const isRefused = reason instanceof Unavailable
        assert.ok(!(isRefused && seen.ids.includes(id)), `${id} was refused, and arrived`)
      }
    },
  },
]
