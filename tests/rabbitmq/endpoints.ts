// Endpoints on RabbitMQ: what holds on any broker, and what only a sender that is not ours can do.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { deadLetterQueue, rabbitmqBroker } from '@workshop/shared/broker'
import { header, maxBodyBytes } from '@workshop/shared/message'
import { handler, startEndpoint } from '@workshop/shared/pipeline'
import { AddItem } from '@workshop/shared/shop'
import type { Store } from '@workshop/shared/store'
import { connect } from 'amqplib'
import { endpointCases, until } from '../endpoint-cases.ts'

export type UrlCase = { readonly title: string; readonly run: (url: string) => Promise<void> }

const namespaced = () => `endpoint-${randomUUID().slice(0, 8)}.`

const onAnyBroker: readonly UrlCase[] = endpointCases.map((one) => ({
  title: one.title,
  run: async (url) => {
    await using broker = await rabbitmqBroker({ url, namespace: namespaced() })
    try {
      await one.run(broker)
    } finally {
      await broker.drop()
    }
  },
}))

const foreign: UrlCase = {
  title: 'what a foreign sender puts into the queue is a dead letter once, and the rest goes on',
  run: async (url) => {
    const namespace = namespaced()
    await using broker = await rabbitmqBroker({ url, namespace })
    const handled: string[] = []
    await using _endpoint = await startEndpoint({
      name: 'orders',
      broker,
      store: {} as Store,
      handlers: [
        handler(AddItem, async ({ id }) => {
          await Promise.resolve(handled.push(id))
        }),
      ],
    })
    const connection = await connect(url)
    try {
      const channel = await connection.createConfirmChannel()
      const send = (content: Buffer, properties = {}) =>
        channel.sendToQueue(`${namespace}orders`, content, properties)
      const huge = Buffer.alloc(maxBodyBytes + 1, 0x20)
      send(huge, { messageId: 'huge', type: 'AddItem' })
      send(Buffer.from('hello'))
      send(Buffer.from('{}'), { messageId: 'odd', type: 'AddItem', headers: { deep: { a: [1] } } })
      const good = Buffer.from('{"orderId":"order-1","item":"bell"}')
      send(good, { messageId: 'good', type: 'AddItem' })
      await channel.waitForConfirms()
      const dead = deadLetterQueue('orders')
      await until(async () => (await broker.count(dead)) >= 3, 'three dead letters')
      await until(() => handled.length > 0, 'the good message handled')
      const letters = await broker.peek(dead, 10)
      assert.deepEqual(handled, ['good'])
      assert.equal(letters.length, 3)
      const reasons = letters.map(({ headers }) => headers[header.deadReason] ?? '').join('\n')
      assert.match(reasons, /TooLarge: expected a body of at most 1048576 bytes, got 1048577/)
      const hugeLetter = letters.find(({ id }) => id === 'huge')
      assert.ok(hugeLetter)
      assert.ok(Buffer.from(hugeLetter.body).equals(huge), 'its bytes are there')
      assert.ok(letters.some(({ body }) => Buffer.from(body).toString() === 'hello'))
    } finally {
      await connection.close()
      await broker.drop()
    }
  },
}

export const endpointsOnRabbitmq: readonly UrlCase[] = [...onAnyBroker, foreign]
