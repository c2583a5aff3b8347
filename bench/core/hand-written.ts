// What a careful expert writes with amqplib and better-sqlite3, and no core: a quorum queue, a
// prefetch, one prepared transaction for deduplication, effect and outbox, both publishes at once
// and confirmed, the mark, and only then the acknowledgement. What stands in the outbox is sent
// again when the message comes again.
//
// It lacks what a production consumer needs beside that: reconnecting, retries with a delay, dead
// letters with reasons, a relay, retention, and more than one kind of message.

import { randomUUID } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import type { Channel, ConfirmChannel, ConsumeMessage } from 'amqplib'
import type { WireMessage } from '@workshop/shared/message'
import type { Contender } from './contender.ts'
import { command1Kb, ItemPlaced, StockTaken } from './story.ts'
import { quorum, type Rabbit } from './workbench.ts'

export type HandWrittenOptions = {
  readonly rabbit: Rabbit
  readonly file: string
  /** Whether the mark of a message has a transaction of its own, or goes along with the next one
   *  that comes. */
  readonly marks: 'own' | 'batched'
}

type Row = { readonly id: string; readonly type: string; readonly body: string }

const exchange = 'expert'
const inQueue = 'expert.in'
const outQueue = 'expert.out'

export async function handWritten(options: HandWrittenOptions): Promise<Contender> {
  const { rabbit, file, marks } = options
  await declare(rabbit.channel)
  const data = database(file)
  return {
    fill: (messages: readonly WireMessage[]) => rabbit.fill(inQueue, messages),
    start: async (prefetch, onHandled) => {
      const channel = await rabbit.model.createChannel()
      const publisher = await rabbit.model.createConfirmChannel()
      await channel.prefetch(prefetch)
      const marked: string[] = []
      const handle = async (message: ConsumeMessage): Promise<void> => {
        const id = String(message.properties.messageId)
        const done = marks === 'batched' ? marked.splice(0) : []
        const rows = data.process(id, message.content, done)
        await Promise.all(rows.map((row) => publish(publisher, row, id)))
        if (marks === 'batched') marked.push(id)
        else data.mark([id])
      }
      const inFlight = new Set<Promise<void>>()
      const { consumerTag } = await channel.consume(inQueue, (message) => {
        if (!message) return
        const settled = settle(channel, message, handle).then(() => {
          inFlight.delete(settled)
          onHandled()
        })
        inFlight.add(settled)
      })
      return {
        [Symbol.asyncDispose]: async () => {
          await channel.cancel(consumerTag)
          await Promise.all(inFlight)
          await channel.close()
          await publisher.close()
          data.mark(marked.splice(0))
        },
      }
    },
    tidy: () => rabbit.purge(outQueue),
    close: async () => void data.close(),
  }
}

async function settle(
  channel: Channel,
  message: ConsumeMessage,
  handle: (message: ConsumeMessage) => Promise<void>,
): Promise<void> {
  try {
    await handle(message)
    channel.ack(message)
  } catch (error) {
    console.error(error)
    channel.reject(message, true)
  }
}

function publish(channel: ConfirmChannel, { id, type, body }: Row, cause: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const properties = {
      messageId: id,
      type,
      persistent: true,
      headers: { 'causation-id': cause, 'correlation-id': cause },
    }
    channel.publish(exchange, type, Buffer.from(body), properties, (error: unknown) => {
      if (error instanceof Error) reject(error)
      else resolve()
    })
  })
}

async function declare(channel: Channel): Promise<void> {
  await channel.assertExchange(exchange, 'direct', { durable: true })
  await channel.assertQueue(inQueue, {
    durable: true,
    arguments: { ...quorum, 'x-delivery-limit': 20 },
  })
  await channel.assertQueue(outQueue, { durable: true, arguments: quorum })
  for (const { type } of [ItemPlaced, StockTaken]) await channel.bindQueue(outQueue, exchange, type)
}

const schema = `
  create table if not exists entity (
    key text primary key, total integer not null, last text not null, version integer not null
  ) strict, without rowid;
  create table if not exists inbox (
    message text primary key, at_ms integer not null
  ) strict, without rowid;
  create table if not exists outbox (
    message text not null, id text not null, type text not null, body text not null,
    primary key (message, id)
  ) strict, without rowid;
`

function database(file: string) {
  const sqlite = new Sqlite(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.exec(schema)
  const seen = sqlite.prepare<[string], 1>('select 1 from inbox where message = ?').pluck()
  const unsent = sqlite.prepare<[string], Row>(
    'select id, type, body from outbox where message = ?',
  )
  const read = sqlite.prepare<[string], { readonly total: number; readonly version: number }>(
    'select total, version from entity where key = ?',
  )
  const write = sqlite.prepare<[string, number, string, number]>(
    `insert into entity values (?, ?, ?, ?) on conflict (key) do update
     set total = excluded.total, last = excluded.last, version = excluded.version
     where version = excluded.version - 1`,
  )
  const remember = sqlite.prepare<[string, number]>('insert into inbox values (?, ?)')
  const keep = sqlite.prepare<[string, string, string, string]>(
    'insert into outbox values (?, ?, ?, ?)',
  )
  const sent = sqlite.prepare<[string]>('delete from outbox where message = ?')
  const process = sqlite.transaction(
    (id: string, content: Buffer, done: readonly string[]): readonly Row[] => {
      for (const message of done) sent.run(message)
      if (seen.get(id)) return unsent.all(id)
      const body = command1Kb.parse(JSON.parse(content.toString()))
      const { total, version } = read.get(body.orderId) ?? { total: 0, version: 0 }
      const { changes } = write.run(body.orderId, total + 1, body.item, version + 1)
      if (changes !== 1) throw new Error(`expected ${body.orderId} at version ${version}`)
      remember.run(id, Date.now())
      const text = JSON.stringify({ ...body, total: total + 1 })
      return [ItemPlaced, StockTaken].map(({ type }) => {
        const row = { id: randomUUID(), type, body: text }
        keep.run(id, row.id, row.type, row.body)
        return row
      })
    },
  )
  const mark = sqlite.transaction((messages: readonly string[]) => {
    for (const message of messages) sent.run(message)
  })
  return {
    process: (id: string, content: Buffer, done: readonly string[]) =>
      process.immediate(id, content, done),
    mark: (messages: readonly string[]) => {
      if (messages.length > 0) mark.immediate(messages)
    },
    close: () => sqlite.close(),
  }
}
