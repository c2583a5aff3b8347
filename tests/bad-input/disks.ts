// A disk that is full, under a broker, a store and an endpoint, and that has room again.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { deadLetterQueue, sqliteBroker } from '@workshop/shared/broker'
import { openDatabase } from '@workshop/shared/sqlite'
import { delayedRetry, handler, reasonOf, startEndpoint } from '@workshop/shared/pipeline'
import { AddItem } from '@workshop/shared/shop'
import { absent, sqliteStore } from '@workshop/shared/store'
import { realTime } from '@workshop/shared/world'
import { schema } from '../../shared/src/broker/sqlite/schema.ts'
import { SqliteBroker } from '../../shared/src/broker/sqlite/sqlite-broker.ts'
import { publisher } from './refused.ts'
import type { ScenarioRow } from './scenario.ts'
import { sentenceOf } from './sees.ts'

const { until } = realTime()
const most = 100_000
const isFull =
  'Unavailable: expected the database to answer, got SQLITE_FULL: database or disk is full. Make room on the disk, then try again'

const big = 'x'.repeat(100_000)
const order = (item: string) => AddItem({ orderId: 'order-1', item })

async function publishing(directory: string): Promise<string> {
  const database = openDatabase({ file: join(directory, 'broker.sqlite'), schema })
  await using broker = new SqliteBroker({ database })
  await broker.declare({ queues: [{ name: 'orders' }], bindings: [] })
  const { send } = publisher(broker)
  await send(order('bell'))
  database.pragma('max_page_count = 1')
  const sentence = await send(order(big)).then(() => 'nothing', sentenceOf)
  assert.equal(await broker.count('orders'), 1)
  database.pragma(`max_page_count = ${most}`)
  await send(order(big))
  assert.equal(await broker.count('orders'), 2)
  return sentence
}

async function saving(directory: string): Promise<string> {
  await using store = sqliteStore({ directory })
  store.setting('max_page_count = 1')
  const sentence = await store.save('order-1', big, absent).then(() => 'nothing', sentenceOf)
  assert.deepEqual(await store.load('order-1', 'as it was'), {
    value: 'as it was',
    version: absent,
  })
  store.setting(`max_page_count = ${most}`)
  await store.save('order-1', big, absent)
  return sentence
}

async function handling(directory: string): Promise<string> {
  await using broker = sqliteBroker({ directory, pollMs: 10 })
  await using store = sqliteStore({ directory })
  let seen = ''
  store.setting('max_page_count = 1')
  await using endpoint = await startEndpoint({
    name: 'orders',
    broker,
    store,
    behaviours: [delayedRetry({ attempts: 1000, baseMs: 10, maxMs: 50 })],
    handlers: [
      handler(AddItem, async ({ body }, context) => {
        await context.store.save('order-1', body, absent).catch((error: unknown) => {
          seen = reasonOf(error)
          throw error
        })
      }),
    ],
  })
  await publisher(broker).send(order(big))
  await until(() => endpoint.stats.retried >= 2, 'a message that is tried again')
  store.setting(`max_page_count = ${most}`)
  await until(() => endpoint.stats.acked === 1, 'the message to be handled')
  assert.equal(await broker.count(deadLetterQueue('orders')), 0)
  assert.deepEqual((await store.load<unknown>('order-1', '')).value, {
    orderId: 'order-1',
    item: big,
  })
  return seen
}

export const disks: readonly ScenarioRow[] = [
  {
    given: 'a full disk, under a publish',
    sees: isFull,
    becomes: 'not sent; with room again, the same publish works',
    run: publishing,
  },
  {
    given: 'a full disk, under a save',
    sees: isFull,
    becomes: 'not saved; with room again, the same save works',
    run: saving,
  },
  {
    given: 'a full disk, under a handler',
    sees: `${isFull} <- SqliteError: database or disk is full`,
    becomes: 'delivered again until there is room, and handled',
    run: handling,
  },
]
