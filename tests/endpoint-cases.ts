// What an endpoint promises on any broker, as cases that each adapter's test runs: bad messages end
// in the dead letters, once, with their reason and their bytes; a stop loses nothing.

import assert from 'node:assert/strict'
import { type Broker, deadLetterQueue } from '@workshop/shared/broker'
import { header, type WireMessage } from '@workshop/shared/message'
import {
  client,
  deadLetter,
  delayedRetry,
  handler,
  immediateRetry,
  startEndpoint,
} from '@workshop/shared/pipeline'
import { AddItem } from '@workshop/shared/shop'
import type { Store } from '@workshop/shared/store'
import { realTime } from '@workshop/shared/world'

export type EndpointCase = {
  readonly title: string
  readonly run: (broker: Broker) => Promise<void>
}

const untouchedStore = {} as Store
export const { until } = realTime()

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const order = (item: string) => bytes(JSON.stringify({ item, orderId: 'order-1' }))

const bad: readonly (WireMessage & { readonly reason: RegExp })[] = [
  { id: 'no-json', type: 'AddItem', headers: {}, body: bytes('{"or'), reason: /JSON in UTF-8/ },
  { id: 'no-utf8', type: 'AddItem', headers: {}, body: new Uint8Array([255]), reason: /UTF-8/ },
  { id: 'no-type', type: 'Paint', headers: {}, body: order('globe'), reason: /got "Paint"/ },
  { id: 'no-item', type: 'AddItem', headers: {}, body: bytes('{"orderId":"1"}'), reason: /item/ },
  { id: 'throws', type: 'AddItem', headers: {}, body: order('globe'), reason: /out of globes/ },
]

export const endpointCases: readonly EndpointCase[] = [
  {
    title:
      'each bad message is a dead letter once, with its reason and bytes, and the rest goes on',
    run: async (broker) => {
      const handled: string[] = []
      const addItem = handler(AddItem, async ({ id, body }) => {
        await Promise.resolve()
        if (body.item === 'globe') throw new Error('out of globes')
        handled.push(id)
      })
      await using endpoint = await startEndpoint({
        name: 'orders',
        handlers: [addItem],
        broker,
        store: untouchedStore,
        behaviours: [deadLetter(), delayedRetry({ attempts: 3, baseMs: 20 }), immediateRetry()],
      })
      const good = { type: 'AddItem', headers: {}, body: order('bell') }
      for (const [index, { reason: _reason, ...message }] of bad.entries()) {
        await broker.publish({ queue: 'orders' }, message)
        await broker.publish({ queue: 'orders' }, { ...good, id: `good-${index}` })
      }
      const dead = deadLetterQueue('orders')
      await until(async () => (await broker.count(dead)) >= bad.length, 'all bad messages dead')
      await until(() => handled.length >= bad.length, 'all good messages handled')
      await endpoint.stop()
      const letters = await broker.peek(dead, 100)
      assert.deepEqual(letters.map(({ id }) => id).toSorted(), bad.map(({ id }) => id).toSorted())
      for (const { id, body, type, reason } of bad) {
        const letter = letters.find((one) => one.id === id)
        assert.ok(letter)
        assert.deepEqual(Buffer.from(letter.body), Buffer.from(body))
        assert.equal(letter.type, type)
        assert.match(letter.headers[header.deadReason] ?? '', reason)
        assert.equal(letter.headers[header.deadQueue], 'orders')
      }
      assert.equal(letters.find(({ id }) => id === 'throws')?.headers[header.deadAttempts], '3')
      assert.deepEqual(
        handled.toSorted(),
        bad.map((_, index) => `good-${index}`),
      )
    },
  },
  {
    title: 'an endpoint that is stopped under load finishes what it has begun, and loses nothing',
    run: async (broker) => {
      const total = 60
      const handled: string[] = []
      const started: string[] = []
      const gate = Promise.withResolvers<void>()
      const start = (prefetch: number, open: Promise<void>) =>
        startEndpoint({
          name: 'orders',
          broker,
          store: untouchedStore,
          prefetch,
          handlers: [
            handler(AddItem, async ({ id }) => {
              started.push(id)
              await open
              handled.push(id)
            }),
          ],
        })
      await using first = await start(7, gate.promise)
      const customer = client({ name: 'customer', broker, routes: { AddItem: 'orders' } })
      await Promise.all(
        Array.from({ length: total }, () =>
          customer.send(AddItem({ orderId: 'order-1', item: 'bell' })),
        ),
      )
      await until(() => first.inFlight === 7, 'seven messages in flight')
      const stopped = first.stop()
      gate.resolve()
      await stopped
      assert.equal(handled.length, 7, 'what had begun was finished, and nothing more was begun')
      assert.equal(started.length, 7)
      assert.equal(first.stats.acked, 7)
      await using second = await start(10, Promise.resolve())
      await until(() => second.stats.acked >= total - 7, 'the rest is handled by the next instance')
      assert.equal(new Set(handled).size, total)
      assert.equal(handled.length, total, 'nothing that was acknowledged came again')
    },
  },
]
