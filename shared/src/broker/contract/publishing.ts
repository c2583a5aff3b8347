// B1 to B5: what is published is held, and arrives as it was.

import assert from 'node:assert/strict'
import { maxBodyBytes, maxHeaderBytes } from '../../message/index.ts'
import { TooLarge } from '../../world/index.ts'
import { Unroutable } from '../broker.ts'
import {
  ack,
  aMessage,
  bytes,
  fulfilled,
  idsOf,
  orders,
  recorder,
  untilHanded,
  untilCount,
  withOrders,
} from './parts.ts'
import type { BrokerObligation } from './world.ts'

export const publishing: readonly BrokerObligation[] = [
  {
    id: 'B1',
    title: 'a confirmed message is held, whether or not anybody consumes yet',
    async run(world) {
      const publisher = await withOrders(world)
      await publisher.publish(orders, aMessage('one'))
      await world.crash(publisher)

      const later = await world.open()
      const seen = recorder(() => ack)
      await later.consume(orders.queue, seen.handle)
      await untilHanded(world, seen, 1)
      assert.deepEqual(seen.ids, ['one'])
    },
  },
  {
    id: 'B2',
    title: 'a body arrives as the same bytes',
    async run(world) {
      const broker = await withOrders(world)
      const large = new Uint8Array(maxBodyBytes).map((_, i) => (i * 31) % 256)
      const bodies = new Map([
        ['empty', new Uint8Array(0)],
        ['invalid UTF-8', Uint8Array.of(0xff, 0xfe, 0x00, 0xc3, 0x28, 0x80)],
        ['with a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x31)],
        ['part of a larger buffer', bytes('what stands around it').subarray(5, 11)],
        ['1 MiB', large],
      ])
      for (const [id, body] of bodies) await broker.publish(orders, aMessage(id, { body }))

      const seen = recorder(() => ack)
      await broker.consume(orders.queue, seen.handle)
      await untilHanded(world, seen, bodies.size)
      for (const { message } of seen.deliveries) {
        const sent = bodies.get(message.id)
        assert.ok(sent && Buffer.from(sent).equals(message.body), `another body: ${message.id}`)
      }
    },
  },
  {
    id: 'B3',
    title: 'headers, id and type arrive as they were',
    async run(world) {
      const broker = await withOrders(world)
      const sent = [
        aMessage('plain'),
        aMessage('ü'.repeat(127), {
          type: 'Bestellung.aufgegeben-2',
          headers: {
            correlationId: 'one',
            Größe: 'groß ✓ 😀',
            empty: '',
            number: '42',
            flag: 'true',
          },
        }),
        aMessage('large headers', {
          headers: { first: 'é'.repeat(15_000), second: 'x'.repeat(29_900) },
        }),
      ]
      for (const message of sent) await broker.publish(orders, message)

      const seen = recorder(() => ack)
      await broker.consume(orders.queue, seen.handle)
      await untilHanded(world, seen, sent.length)
      for (const message of sent) {
        const got = seen.deliveries.find((delivery) => delivery.message.id === message.id)?.message
        assert.ok(got, `expected the id ${message.id}, got ${seen.ids.join(', ')}`)
        assert.equal(got.type, message.type)
        assert.deepEqual({ ...got.headers }, message.headers)
      }
    },
  },
  {
    id: 'B4',
    title: 'a message over the limits is refused before any effect, and the next one works',
    async run(world) {
      const broker = await withOrders(world)
      const body = new Uint8Array(maxBodyBytes + 1)
      const headers = { large: 'x'.repeat(maxHeaderBytes) }
      await assert.rejects(broker.publish(orders, aMessage('body', { body })), TooLarge)
      await assert.rejects(broker.publish(orders, aMessage('headers', { headers })), TooLarge)
      await broker.publish(orders, aMessage('next'))

      await untilCount(world, broker, { ...orders, count: 1 })
      assert.deepEqual(idsOf(await broker.peek(orders.queue, 10)), ['next'])
    },
  },
  {
    id: 'B5',
    title: 'a message to a queue that was never declared is refused, and the next one works',
    async run(world) {
      const broker = await withOrders(world)
      const nowhere = { queue: 'nowhere' }
      const results = await Promise.allSettled([
        broker.publish(orders, aMessage('before')),
        broker.publish(nowhere, aMessage('lost')),
        broker.publish(orders, aMessage('after')),
      ])
      assert.deepEqual(fulfilled(results), [true, false, true])
      await assert.rejects(broker.publish(nowhere, aMessage('lost again')), Unroutable)
      await broker.publish(orders, aMessage('next'))
      await untilCount(world, broker, { ...orders, count: 3 })

      await broker.declare({ queues: [{ name: nowhere.queue }], bindings: [] })
      await broker.publish(nowhere, aMessage('found'))
      await untilCount(world, broker, { ...nowhere, count: 1 })
      assert.deepEqual(idsOf(await broker.peek(nowhere.queue, 10)), ['found'])
    },
  },
]
