// B12 to B15: what a handler's outcome means.

import assert from 'node:assert/strict'
import type { Outcome } from '../broker.ts'
import {
  ack,
  aMessage,
  clockStepMs,
  gate,
  longMs,
  orders,
  recorder,
  release,
  retry,
  untilCount,
  untilHanded,
  withOrders,
} from './parts.ts'
import type { BrokerObligation } from './world.ts'

export const settling: readonly BrokerObligation[] = [
  {
    id: 'B12',
    title: 'the attempt is 1 at first, and one more after each retry, in each queue by itself',
    async run(world) {
      const broker = await world.open()
      const placed = { event: 'OrderPlaced' }
      await broker.declare({
        queues: [{ name: 'billing' }, { name: 'shipping' }],
        bindings: [
          { ...placed, queue: 'billing' },
          { ...placed, queue: 'shipping' },
        ],
      })
      const billing = recorder(({ attempt }) => (attempt < 3 ? retry('not yet') : ack))
      const shipping = recorder(() => ack)
      const consumer = await broker.consume('billing', billing.handle)
      await broker.publish(placed, aMessage('one'))
      await untilHanded(world, billing, 3)
      await world.until(() => consumer.stats.acked === 1, 'the third attempt to be acknowledged')
      await broker.consume('shipping', shipping.handle)
      await untilHanded(world, shipping, 1)

      assert.deepEqual(
        billing.deliveries.map(({ queue, attempt }) => [queue, attempt]),
        [
          ['billing', 1],
          ['billing', 2],
          ['billing', 3],
        ],
      )
      assert.equal(shipping.deliveries[0]?.attempt, 1)
    },
  },
  {
    id: 'B13',
    title: 'a handler that rejects, throws or gives no outcome is called again',
    async run(world) {
      const broker = await withOrders(world)
      const failures: Record<string, () => Outcome | Promise<Outcome>> = {
        rejects: () => Promise.reject(new Error('the card was declined')),
        throws: () => {
          throw new Error('the card was declined')
        },
        'throws no error': () => {
          const nothing: unknown = undefined
          throw nothing
        },
        // What untyped callers do. The broker must not lose the message for it.
        'gives nothing': () => undefined as never,
        'gives nonsense': () => ({ kind: 'nonsense' }) as never,
      }
      const seen = recorder(() => ack)
      const consumer = await broker.consume(orders.queue, (delivery) => {
        const fail = failures[delivery.message.id]
        if (!fail || delivery.attempt > 1) return seen.handle(delivery)
        // Not an async function: a handler that throws does so before there is a promise.
        return fail() as Promise<Outcome>
      })
      for (const id of Object.keys(failures)) await broker.publish(orders, aMessage(id))
      await broker.publish(orders, aMessage('good'))
      await untilHanded(world, seen, 6)

      assert.deepEqual(seen.ids.toSorted(), ['good', ...Object.keys(failures)].toSorted())
      for (const { message, attempt } of seen.deliveries) {
        assert.equal(attempt, message.id === 'good' ? 1 : 2, message.id)
      }
      await world.until(() => consumer.stats.acked === 6, 'all to be acknowledged')
      assert.equal(consumer.stats.retried, 5)
    },
  },
  {
    id: 'B14',
    title: 'a released message is handed out again, to whoever takes it',
    async run(world) {
      const first = await withOrders(world)
      const second = await world.open()
      const hold = gate(world)
      const elsewhere = recorder(() => ack)
      const here = recorder(async () => {
        await hold.passed()
        return release
      })
      const consumer = await first.consume(orders.queue, here.handle)
      await first.publish(orders, aMessage('one'))
      await untilHanded(world, here, 1)
      const stopped = consumer.stop()
      hold.open()
      await stopped
      await second.consume(orders.queue, elsewhere.handle)
      await untilHanded(world, elsewhere, 1)
      assert.deepEqual(elsewhere.ids, ['one'])
      assert.equal(consumer.stats.released, 1)
    },
  },
  {
    id: 'B14b',
    title: 'a release does not raise the attempt, however often',
    needs: 'releaseIsFree',
    async run(world) {
      const broker = await withOrders(world, { deliveryLimit: 2 })
      let releases = 0
      const seen = recorder(() => {
        releases += 1
        return releases <= 5 ? release : ack
      })
      const consumer = await broker.consume(orders.queue, seen.handle)
      await broker.publish(orders, aMessage('one'))
      await untilHanded(world, seen, 6)
      await world.until(() => consumer.stats.acked === 1, 'the message to be acknowledged')
      assert.deepEqual(
        seen.deliveries.map(({ attempt }) => attempt),
        [1, 1, 1, 1, 1, 1],
      )
      assert.equal(consumer.stats.released, 5)
    },
  },
  {
    id: 'B15',
    title: 'a message to retry later comes after its delay, and not before',
    async run(world) {
      const broker = await withOrders(world)
      const atMs: number[] = []
      const seen = recorder(({ attempt }) => {
        atMs.push(world.nowMs())
        return attempt === 1 ? retry('later', 200) : ack
      })
      await broker.consume(orders.queue, seen.handle)
      await broker.publish(orders, aMessage('one', { headers: { customer: 'Ada' } }))
      await untilHanded(world, seen, 2)

      const tookMs = (atMs[1] ?? 0) - (atMs[0] ?? 0)
      assert.ok(tookMs >= 200 - clockStepMs, `expected 200 ms at least, got ${tookMs}`)
      assert.equal(seen.deliveries[1]?.attempt, 2)
      assert.deepEqual({ ...seen.deliveries[1]?.message.headers }, { customer: 'Ada' })
    },
  },
  {
    id: 'B15b',
    title: 'a message to retry later holds no other up',
    async run(world) {
      const broker = await withOrders(world)
      const seen = recorder(({ message }) =>
        message.id === 'later' ? retry('later', longMs) : ack,
      )
      const consumer = await broker.consume(orders.queue, seen.handle, { prefetch: 1 })
      await broker.publish(orders, aMessage('later'))
      await broker.publish(orders, aMessage('next'))
      await untilHanded(world, seen, 2)
      assert.deepEqual(seen.ids, ['later', 'next'])
      await world.until(() => consumer.inFlight === 0, 'nothing to be in flight')
      await untilCount(world, broker, { ...orders, count: 0 })
    },
  },
]
