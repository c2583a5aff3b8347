import type { Message } from 'amqplib'
import { expect, test } from 'vitest'
import { fromAmqp, toAmqp } from './amqp-message.ts'

/** A message as amqplib delivers it. */
function raw(
  headers: Record<string, unknown>,
  { routingKey = 'queue:orders', id = 'one' }: { routingKey?: string; id?: unknown } = {},
): Message {
  return {
    content: Buffer.from('body'),
    fields: { deliveryTag: 1, redelivered: false, exchange: 'workshop', routingKey },
    properties: {
      ...toAmqp({ id: 'one', type: 'T', headers: {}, body: new Uint8Array() }),
      headers,
      messageId: id,
    },
  } as unknown as Message
}

test('what was carried and what the broker counted make the attempt', () => {
  expect(fromAmqp(raw({})).attempt).toBe(1)
  expect(fromAmqp(raw({ 'x-delivery-count': 2 })).attempt).toBe(3)
  const carried = toAmqp(
    { id: 'one', type: 'T', headers: { customer: 'Ada' }, body: new Uint8Array() },
    { attempts: 4, reason: 'no stock' },
  )
  const arrived = fromAmqp(raw({ ...carried.headers, 'x-delivery-count': 1 }))
  expect(arrived).toMatchObject({ attempt: 6, lastReason: 'no stock' })
  expect(arrived.message.headers).toEqual({ customer: 'Ada' })
})

test('a message of another program cannot break the adapter', () => {
  const headers = {
    count: 3,
    flag: true,
    nothing: null,
    list: ['a'],
    'x-workshop-attempts': 'many',
  }
  const { message, attempt } = fromAmqp(raw(headers, { id: null }))
  expect(message).toMatchObject({ id: '', headers: { count: '3', flag: 'true' } })
  expect(Object.keys(message.headers)).toEqual(['count', 'flag'])
  expect(attempt).toBe(1)
  expect(fromAmqp(raw({ 'x-workshop-attempts': '-5', 'x-delivery-count': 'x' })).attempt).toBe(1)
})

test('a dead letter that the broker made says why, where and how often, as those of the adapter do', () => {
  const expired = { reason: 'expired', queue: 'workshop.delay.64' }
  const time = { '!': 'timestamp', value: 1_732_208_400 }
  const limit = { reason: 'delivery_limit', queue: 'orders', time }
  const arrived = fromAmqp(
    raw(
      {
        customer: 'Ada',
        'x-workshop-attempts': '2',
        'x-workshop-reason': 'no stock',
        'x-death': [limit, expired],
      },
      { routingKey: 'dead:3:orders' },
    ),
  )
  expect(arrived.attempt).toBe(1)
  expect(arrived.message.headers).toEqual({
    customer: 'Ada',
    deadReason:
      'the delivery limit: every consumer that had it died or lost its connection; ' +
      'before that: no stock',
    deadQueue: 'orders',
    deadAttempts: '5',
    deadAtMs: '1732208400000',
  })
})

test('a body is a copy, which outlives the buffer that was read', () => {
  const message = raw({})
  const { body } = fromAmqp(message).message
  message.content.fill(0)
  expect(new TextDecoder().decode(body)).toBe('body')
  expect(Object.getPrototypeOf(body)).toBe(Uint8Array.prototype)
})
