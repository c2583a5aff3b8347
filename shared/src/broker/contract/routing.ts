// B6 to B11: where a message goes, when, and what a declaration promises.

import assert from 'node:assert/strict'
import { TopologyMismatch, Unroutable } from '../broker.ts'
import {
  ack,
  aMessage,
  clockStepMs,
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

const placed = { event: 'OrderPlaced' } as const

export const routing: readonly BrokerObligation[] = [
  {
    id: 'B6',
    title: 'an event reaches every queue that is bound to it, and no other',
    async run(world) {
      const broker = await world.open()
      await broker.declare({
        queues: [{ name: 'billing' }, { name: 'shipping' }, { name: 'returns' }],
        bindings: [
          { ...placed, queue: 'billing' },
          { ...placed, queue: 'shipping' },
          { event: 'OrderReturned', queue: 'returns' },
        ],
      })
      await broker.publish(placed, aMessage('now'))
      await broker.publish(placed, aMessage('soon'), { delayMs: 20 })
      for (const queue of ['billing', 'shipping']) {
        await untilCount(world, broker, { queue, count: 2 })
        assert.deepEqual(idsOf(await broker.peek(queue, 10)), ['now', 'soon'])
      }
      assert.equal(await broker.count('returns'), 0)
    },
  },
  {
    id: 'B7',
    title: 'an event to which no queue is bound is gone, which is no error',
    async run(world) {
      const broker = await withOrders(world)
      await assert.doesNotReject(broker.publish(placed, aMessage('unheard')))
      await broker.declare({ queues: [], bindings: [{ ...placed, ...orders }] })
      await broker.publish(placed, aMessage('heard'))

      await untilCount(world, broker, { ...orders, count: 1 })
      assert.deepEqual(idsOf(await broker.peek(orders.queue, 10)), ['heard'])
    },
  },
  {
    id: 'B8',
    title: 'a delayed message is delivered after its delay, and not before',
    async run(world) {
      const broker = await withOrders(world)
      const arrivedAtMs = new Map<string, number>()
      const seen = recorder(({ message }) => {
        arrivedAtMs.set(message.id, world.nowMs())
        return ack
      })
      await broker.consume(orders.queue, seen.handle)
      const delaysMs = new Map([
        ['long', 300],
        ['short', 100],
      ])
      const publishedAtMs = new Map<string, number>()
      for (const [id, delayMs] of delaysMs) {
        publishedAtMs.set(id, world.nowMs())
        await broker.publish(orders, aMessage(id), { delayMs })
      }
      await untilHanded(world, seen, 2)
      for (const [id, delayMs] of delaysMs) {
        const tookMs = (arrivedAtMs.get(id) ?? 0) - (publishedAtMs.get(id) ?? 0)
        assert.ok(tookMs >= delayMs - clockStepMs, `${id}: expected ${delayMs} ms, got ${tookMs}`)
      }
    },
  },
  {
    id: 'B8b',
    title: 'a delayed message holds no other up',
    async run(world) {
      const broker = await withOrders(world)
      await broker.publish(orders, aMessage('late'), { delayMs: longMs })
      await broker.publish(orders, aMessage('soon'), { delayMs: 50 })
      await broker.publish(orders, aMessage('now'))
      const seen = recorder(() => ack)
      await broker.consume(orders.queue, seen.handle, { prefetch: 1 })
      await untilHanded(world, seen, 2)
      assert.deepEqual(seen.ids.toSorted(), ['now', 'soon'])
    },
  },
  {
    id: 'B9',
    title: 'confirmed messages, delayed ones too, outlive every process',
    needs: 'durable',
    async run(world) {
      const first = await withOrders(world)
      const second = await world.open()
      await first.publish(orders, aMessage('first'))
      await second.publish(orders, aMessage('second'))
      await second.publish(orders, aMessage('delayed'), { delayMs: 50 })
      await world.crash(first)
      await world.crash(second)

      const later = await world.open()
      const seen = recorder(() => ack)
      await later.consume(orders.queue, seen.handle)
      await untilHanded(world, seen, 3)
      assert.deepEqual(seen.ids.toSorted(), ['delayed', 'first', 'second'])
    },
  },
  {
    id: 'B10',
    title: 'a declaration is safe to repeat, by several processes at once',
    async run(world) {
      const first = await withOrders(world, { deliveryLimit: 20 })
      const ids = manyIds('order', 3)
      await publishAll(first, ids)
      const others = [await world.open(), await world.open()]
      const topology = {
        queues: [{ name: orders.queue }, { name: 'billing', deliveryLimit: 3 }],
        bindings: [{ ...placed, queue: 'billing' }],
      }
      const declare = Promise.all(
        [first, ...others].flatMap((one) => [1, 2].map(() => one.declare(topology))),
      )
      await assert.doesNotReject(declare)

      await untilCount(world, first, { ...orders, count: 3 })
      assert.deepEqual(idsOf(await first.peek(orders.queue, 10)), ids)
      await first.publish(placed, aMessage('once'))
      await untilCount(world, first, { queue: 'billing', count: 1 })
    },
  },
  {
    id: 'B11',
    title: 'a declaration that does not fit what exists is refused, and changes nothing',
    async run(world) {
      const broker = await withOrders(world, { deliveryLimit: 3 })
      const other = await world.open()
      await broker.publish(orders, aMessage('kept'))
      const mismatch = other.declare({
        queues: [{ name: 'billing' }, { name: orders.queue, deliveryLimit: 5 }],
        bindings: [{ ...placed, ...orders }],
      })
      await assert.rejects(mismatch, TopologyMismatch)
      const byDefault = other.declare({ queues: [{ name: orders.queue }], bindings: [] })
      await assert.rejects(byDefault, TopologyMismatch)

      await assert.rejects(other.publish({ queue: 'billing' }, aMessage('lost')), Unroutable)
      await other.publish(placed, aMessage('unheard'))
      await other.publish(orders, aMessage('next'))
      await untilCount(world, broker, { ...orders, count: 2 })
      assert.deepEqual(idsOf(await broker.peek(orders.queue, 10)), ['kept', 'next'])
    },
  },
]
