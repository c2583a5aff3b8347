// B16 to B18: a message that cannot be handled is kept where somebody can look at it.

import assert from 'node:assert/strict'
import { header, maxHeaderBytes, withoutDeadLetterHeaders } from '../../message/index.ts'
import { type Broker, deadLetterQueue } from '../broker.ts'
import {
  ack,
  aMessage,
  deadLetter,
  gate,
  longMs,
  orders,
  publishAll,
  recorder,
  retry,
  untilCount,
  untilHanded,
  withOrders,
} from './parts.ts'
import type { BrokerObligation, BrokerWorld } from './world.ts'

const dead = deadLetterQueue(orders.queue)

/** The dead letters of `orders`, once there are `count` of them and nothing waits any more. */
async function deadLetters(world: BrokerWorld, broker: Broker, count: number) {
  await untilCount(world, broker, { queue: dead, count })
  await untilCount(world, broker, { ...orders, count: 0 })
  return broker.peek(dead, 10)
}

export const deadLettering: readonly BrokerObligation[] = [
  {
    id: 'B16',
    title: 'a dead letter is moved once, as it was, with its reason, queue and attempts',
    async run(world) {
      const broker = await withOrders(world)
      const sent = aMessage('one', {
        headers: { customer: 'Ada ✓' },
        body: Uint8Array.of(0xff, 0x00, 0xc3, 0x28),
      })
      const seen = recorder(({ message, attempt }) => {
        if (message.id === 'other') return deadLetter('nobody knows it')
        return attempt === 1 ? retry('once more') : deadLetter('no such item: größer')
      })
      const consumer = await broker.consume(orders.queue, seen.handle)
      await broker.publish(orders, sent)
      await world.until(() => consumer.stats.deadLettered === 1, 'the first dead letter')
      await broker.publish(orders, aMessage('other'))

      const [letter, other, ...more] = await deadLetters(world, broker, 2)
      assert.deepEqual([letter?.id, other?.id, more], ['one', 'other', []])
      assert.ok(letter && Buffer.from(sent.body).equals(letter.body), 'expected the same bytes')
      assert.equal(letter.type, sent.type)
      const { [header.deadAtMs]: atMs, ...headers } = letter.headers
      // The one header that an adapter may leave out.
      if (atMs !== undefined) assert.ok(Math.abs(Number(atMs) - world.nowMs()) < longMs)
      assert.deepEqual(
        { ...headers },
        {
          customer: 'Ada ✓',
          [header.deadReason]: 'no such item: größer',
          [header.deadQueue]: orders.queue,
          [header.deadAttempts]: '2',
        },
      )
      // Others see a dead letter before its consumer has heard that it is one.
      await world.until(() => consumer.stats.deadLettered === 2, 'both to be counted')
      assert.equal(consumer.inFlight, 0)
    },
  },
  {
    id: 'B16b',
    title: 'neither full headers nor an endless reason keep a message from its dead-letter queue',
    async run(world) {
      const broker = await withOrders(world)
      const headers = { large: 'x'.repeat(maxHeaderBytes - 10) }
      await broker.consume(orders.queue, async () => deadLetter('no'.repeat(100_000)))
      await broker.publish(orders, aMessage('full', { headers }))

      const [letter] = await deadLetters(world, broker, 1)
      assert.equal(letter?.id, 'full')
      assert.deepEqual({ ...withoutDeadLetterHeaders(letter.headers) }, headers)
      assert.match(letter.headers[header.deadReason] ?? '', /^nono/)
    },
  },
  {
    id: 'B17',
    title: 'a message that fails as often as its delivery limit is a dead letter',
    async run(world) {
      const broker = await withOrders(world, { deliveryLimit: 3 })
      const seen = recorder(({ message, attempt }) =>
        message.id === 'good' ? ack : retry(`failure ${attempt}`),
      )
      await broker.consume(orders.queue, seen.handle)
      await publishAll(broker, ['poison', 'good'])

      const [letter, ...more] = await deadLetters(world, broker, 1)
      assert.deepEqual([letter?.id, more], ['poison', []])
      assert.match(letter?.headers[header.deadReason] ?? '', /failure 3/)
      assert.equal(letter?.headers[header.deadQueue], orders.queue)
      assert.equal(letter?.headers[header.deadAttempts], '3')
      const handed = seen.deliveries.filter(({ message }) => message.id === 'poison')
      assert.deepEqual(
        handed.map(({ attempt }) => attempt),
        [1, 2, 3],
      )
    },
  },
  {
    id: 'B17b',
    title: 'a message whose consumers die as often as its delivery limit is a dead letter',
    async run(world) {
      const observer = await withOrders(world, { deliveryLimit: 2 })
      await observer.publish(orders, aMessage('deadly'))
      const hold = gate(world)
      const seen = recorder(async () => {
        await hold.passed()
        return ack
      })
      for (const attempt of [1, 2]) {
        const process = await world.open()
        await process.consume(orders.queue, seen.handle, { prefetch: 1 })
        await untilHanded(world, seen, attempt)
        await world.crash(process)
      }
      await observer.consume(orders.queue, seen.handle)

      const [letter, ...more] = await deadLetters(world, observer, 1)
      assert.deepEqual([letter?.id, more], ['deadly', []])
      assert.equal(letter?.headers[header.deadQueue], orders.queue)
      assert.equal(letter?.headers[header.deadAttempts], '2')
      assert.notEqual(letter?.headers[header.deadReason] ?? '', '')
      assert.equal(seen.deliveries.length, 2)
      hold.open()
    },
  },
  {
    id: 'B18',
    title: 'a dead letter that is published again starts at attempt 1',
    async run(world) {
      const broker = await withOrders(world, { deliveryLimit: 2 })
      let isCured = false
      const seen = recorder(() => (isCured ? ack : retry('the shop is closed')))
      await broker.consume(orders.queue, seen.handle)
      await broker.publish(orders, aMessage('one', { headers: { customer: 'Ada' } }))
      await untilCount(world, broker, { queue: dead, count: 1 })
      isCured = true

      const replayed = recorder(async ({ message }) => {
        const headers = withoutDeadLetterHeaders(message.headers)
        await broker.publish(orders, { ...message, headers })
        return ack
      })
      await broker.consume(dead, replayed.handle)
      await untilHanded(world, seen, 3)
      assert.equal(replayed.deliveries[0]?.attempt, 1)
      const last = seen.deliveries[2]
      assert.equal(last?.attempt, 1)
      assert.equal(last.message.id, 'one')
      assert.deepEqual({ ...last.message.headers }, { customer: 'Ada' })
      await untilCount(world, broker, { queue: dead, count: 0 })
    },
  },
]
