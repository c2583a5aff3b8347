// Bad input that needs a RabbitMQ: what a foreign sender puts into a queue of it, and what it
// refuses itself. The cases of `tests/rabbitmq` run these rows on a broker of their own.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { deadLetterQueue, rabbitmqBroker } from '@workshop/shared/broker'
import { header } from '@workshop/shared/message'
import { handler, startEndpoint } from '@workshop/shared/pipeline'
import { AddItem } from '@workshop/shared/shop'
import type { Store } from '@workshop/shared/store'
import { realTime } from '@workshop/shared/world'
import { connect, type Options } from 'amqplib'
import { isDead } from './foreign-sender.ts'
import type { Row } from './sees.ts'
import { isSentence, sentenceOf } from './sees.ts'

const { until } = realTime()
const namespaced = (): string => `bad-input-${randomUUID().slice(0, 8)}.`

type Sent = {
  readonly body?: Buffer
  readonly properties?: Options.Publish
  readonly without?: 'messageId' | 'type'
}
type SentRow = Row & { readonly sent: () => Sent }

const goodBody = Buffer.from('{"orderId":"order-1","item":"bell"}')
const noId = 'TypeError: expected a message id of 1 to 255 bytes, got 0 bytes'
const noType = 'expected a message type that orders handles (AddItem), got '
const noJson = 'Unreadable: AddItem: expected a body of JSON in UTF-8, got '

const row = (given: string, sent: () => Sent, sees: string): SentRow => ({
  given: `RabbitMQ: ${given}`,
  sees,
  becomes: isDead,
  sent,
})
const body = (content: Buffer) => (): Sent => ({ body: content })
const properties = (given: Options.Publish) => (): Sent => ({ properties: given })

export const sentRows: readonly SentRow[] = [
  row('no bytes', body(Buffer.alloc(0)), `${noJson}no bytes …`),
  row('JSON that was cut off', body(Buffer.from('{"or')), `${noJson}"{\\"or" …`),
  row('bytes that are no UTF-8', body(Buffer.of(255)), `${noJson}"\uFFFD" …`),
  row(
    'a body of 1 byte too much',
    body(Buffer.alloc(1_048_577, ' ')),
    'TooLarge: expected a body of at most 1048576 bytes, got 1048577 in AddItem …',
  ),
  row(
    'a body of 100 MB',
    () => ({ body: Buffer.alloc(100_000_000, 'x') }),
    'TooLarge: expected a body of at most 1048576 bytes, got 100000000 in AddItem …',
  ),
  row('no id', () => ({ without: 'messageId' }), noId),
  row(
    'an id that clears the screen',
    properties({ messageId: '\u001b[2J' }),
    'TypeError: expected a message id without control characters, got "\\u001b[2J"',
  ),
  row('no type', () => ({ without: 'type' }), `${noType}""`),
  row('the type __proto__', properties({ type: '__proto__' }), `${noType}"__proto__"`),
  row(
    'headers of 62 kB',
    properties({ headers: { note: 'x'.repeat(62_000) } }),
    'TooLarge: expected at most 60000 bytes of headers, got 62004 in AddItem …',
  ),
  row(
    'a header with a name of 200 bytes',
    properties({ headers: { ['n'.repeat(200)]: 'x' } }),
    'TypeError: expected a header name of 1 to 128 bytes that does not begin with "x-", got 200 characters that begin with …',
  ),
]

/** Strange, and handled: what is no text is left out of the headers. */
export const harmlessRows: readonly SentRow[] = [
  row(
    'headers that are tables and lists',
    properties({ headers: { who: { a: [1] }, b: [2] } }),
    '',
  ),
  row('a table under __proto__', properties({ headers: pollution() }), ''),
  row('a content type that lies', properties({ contentType: 'image/png' }), ''),
  row('an encoding that lies', properties({ contentEncoding: 'gzip' }), ''),
].map((one) => ({ ...one, sees: 'nothing', becomes: 'handled' }))

function pollution(): Record<string, unknown> {
  const headers: Record<string, unknown> = { constructor: { prototype: { polluted: 'yes' } } }
  Object.defineProperty(headers, '__proto__', { value: { polluted: 'yes' }, enumerable: true })
  return headers
}

/** Sends every row between good messages, and looks what became of each. */
export async function meetOnRabbitmq(url: string): Promise<void> {
  const namespace = namespaced()
  await using broker = await rabbitmqBroker({ url, namespace })
  try {
    const handled: string[] = []
    await using _endpoint = await startEndpoint({
      name: 'orders',
      broker,
      store: {} as Store,
      handlers: [
        handler(AddItem, async ({ id }) => void (await Promise.resolve(handled.push(id)))),
      ],
    })
    const rows = [...sentRows, ...harmlessRows]
    const connection = await connect(url)
    try {
      const channel = await connection.createConfirmChannel()
      for (const [index, { sent }] of rows.entries()) {
        const { body: content = goodBody, properties: given = {}, without } = sent()
        const good = { type: 'AddItem', messageId: `before-${index}` }
        channel.sendToQueue(`${namespace}orders`, goodBody, good)
        const bad: Options.Publish = { type: 'AddItem', messageId: `row-${index}`, ...given }
        if (without) delete bad[without]
        channel.sendToQueue(`${namespace}orders`, content, bad)
        await channel.waitForConfirms()
      }
    } finally {
      await connection.close()
    }
    const dead = deadLetterQueue('orders')
    await until(async () => (await broker.count(dead)) >= sentRows.length, 'the dead letters')
    await until(() => handled.length >= rows.length + harmlessRows.length, 'the good messages')
    const letters = await broker.peek(dead, 100)
    const reasons = letters.map(({ headers }) => headers[header.deadReason] ?? '')
    for (const { given, sees, sent } of sentRows) {
      const found = reasons.findIndex((reason) => isSentence(reason, sees))
      assert.ok(found >= 0, `${given}: expected "${sees}" among ${reasons.join('\n')}`)
      assert.ok(Buffer.from(letters[found]?.body ?? []).equals(sent().body ?? goodBody), given)
    }
    assert.equal(letters.length, sentRows.length)
    assert.deepEqual(
      handled.toSorted(),
      [
        ...rows.map((_, index) => `before-${index}`),
        ...harmlessRows.map((_, index) => `row-${sentRows.length + index}`),
      ].toSorted(),
    )
    assert.deepEqual(Reflect.get({}, 'polluted'), undefined)
  } finally {
    await broker.drop()
  }
}

export type UrlRow = Row & { readonly attempt: (url: string) => Promise<unknown> }

const refused = (given: string, attempt: UrlRow['attempt'], sees: string): UrlRow => ({
  given: `RabbitMQ: ${given}`,
  sees,
  becomes: 'nothing is opened or changed',
  attempt,
})

/** `url` with something else in it. */
function changed(url: string, change: (parts: URL) => void): string {
  const parts = new URL(url)
  change(parts)
  return parts.href
}

const noAnswer = 'Unavailable: expected RabbitMQ to answer at …, got: '

async function declaredTwice(url: string): Promise<void> {
  await using broker = await rabbitmqBroker({ url, namespace: namespaced() })
  try {
    await broker.declare({ queues: [{ name: 'orders' }], bindings: [] })
    await broker.declare({ queues: [{ name: 'orders', deliveryLimit: 7 }], bindings: [] })
  } finally {
    await broker.drop()
  }
}

export const urlRows: readonly UrlRow[] = [
  refused(
    'a wrong password',
    (url) => rabbitmqBroker({ url: changed(url, (parts) => (parts.password = 'wrong')) }),
    `${noAnswer}…ACCESS…Start it, or correct the URL`,
  ),
  refused(
    'a name that nobody has',
    (url) => rabbitmqBroker({ url: changed(url, (parts) => (parts.username = 'nobody')) }),
    `${noAnswer}…ACCESS…Start it, or correct the URL`,
  ),
  refused(
    'a virtual host that does not exist',
    (url) => rabbitmqBroker({ url: changed(url, (parts) => (parts.pathname = '/nowhere')) }),
    `${noAnswer}a refusal of the virtual host that the URL ends with. Start it, or correct the URL`,
  ),
  refused(
    'TLS on its plain port',
    (url) => rabbitmqBroker({ url: url.replace('amqp:', 'amqps:') }),
    `${noAnswer}something that does not speak TLS. Start it, or correct the URL`,
  ),
  refused(
    'a queue that exists with other settings',
    declaredTwice,
    'TopologyMismatch: expected the queue orders to have been declared with the delivery limit 7, it exists with other settings. Declare it as it is, or delete it first',
  ),
]

export async function refusedOnRabbitmq({ attempt, sees }: UrlRow, url: string): Promise<void> {
  const sentence = await attempt(url).then(() => 'nothing', sentenceOf)
  assert.ok(isSentence(sentence, sees), sentence)
  assert.ok(!sentence.includes('guest:'), 'no password is shown')
}
