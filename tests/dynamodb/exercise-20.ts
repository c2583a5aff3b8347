// The solution of 20 on DynamoDB's API, as it stands in the exercise: thirty gifts, while the
// answers of its writes get lost. dynalite has no transactions: the solution gets those of the
// test, and the answer with a pointer in the order does without.

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteBroker } from '@workshop/shared/broker'
import type { Definition } from '@workshop/shared/message'
import {
  type Behaviour,
  client,
  conflictRetry,
  deadLetter,
  delayedRetry,
  type Handler,
  handler,
  startEndpoint,
} from '@workshop/shared/pipeline'
import { OrderPlaced } from '@workshop/shared/shop'
import { absent, dynamodbStore, type DocumentClient, type Store } from '@workshop/shared/store'
import { realTime } from '@workshop/shared/world'
import { withAnswer } from '../answers.ts'
import type { Case } from './lost-answers.ts'
import { startDynamodb, table } from './private-dynamodb.ts'
import type { Sdk } from './sdk.ts'
import { newOrder, withTransactions } from './transactions.ts'

const items = Array.from({ length: 30 }, (_, n) => `gift-${n + 1}`)
const { until } = realTime()

/** The answer of a write is lost, and of another one later, each time `furtherBy` writes later than
 *  the time before. */
function losingAnswers(documents: DocumentClient, furtherBy: number): DocumentClient {
  let [left, gap] = [1, 1]
  const lossy =
    <I, O, R>(call: (input: I, options: O) => Promise<R>) =>
    async (input: I, options: O): Promise<R> => {
      const result = await call(input, options)
      left -= 1
      if (left > 0) return result
      gap += furtherBy
      left = gap
      const reset = { code: 'ECONNRESET', $metadata: { attempts: 1 } }
      throw Object.assign(new Error('socket hang up'), reset)
    }
  const lossyCalls = {
    put: lossy(documents.put.bind(documents)),
    delete: lossy(documents.delete.bind(documents)),
  }
  const transactWrite = lossy(documents.transactWrite.bind(documents))
  const others = Object.create(documents) as DocumentClient
  return Object.assign(others, lossyCalls, {
    // What is asked at the opening is no write.
    transactWrite: (...[input, options]: Parameters<DocumentClient['transactWrite']>) =>
      input.TransactItems.length > 0
        ? transactWrite(input, options)
        : documents.transactWrite(input, options),
  })
}

type Packing = { readonly pack: Handler; readonly ParcelPacked: Definition }
type Laid = Packing & { readonly outbox: (field: string) => Behaviour }

/** Places the order, waits until all carriers have heard of it, and gives what they heard, each
 *  message once. */
async function packed(
  { pack, ParcelPacked, outbox }: Laid,
  store: Store,
): Promise<readonly { readonly item: string }[]> {
  const directory = await mkdtemp(join(tmpdir(), 'workshop-dynamodb-'))
  try {
    await using broker = sqliteBroker({ directory })
    const heard = new Map<string, { readonly item: string }>()
    const hear = handler(ParcelPacked, async ({ id, body }) => {
      heard.set(id, body as { readonly item: string })
    })
    const again = { attempts: 1000, baseMs: 1, maxMs: 5 }
    await using _carriers = await startEndpoint({
      name: 'carriers',
      handlers: [hear],
      broker,
      store,
    })
    await using _warehouse = await startEndpoint({
      name: 'warehouse',
      handlers: [pack],
      broker,
      store,
      deliveryLimit: 1000,
      behaviours: [deadLetter(), delayedRetry(again), conflictRetry(), outbox('orderId')],
    })
    const shop = client({ name: 'shop', broker, routes: {} })
    await shop.publish(OrderPlaced({ orderId: 'order-1', customer: 'ann' }))
    const isOver = async () =>
      heard.size >= items.length && (await store.list('order-1/', { limit: 1000 })).length === 1
    await until(isOver, 'all carriers to hear of it, and nothing but a mark to be left')
    return [...heard.values()]
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 })
  }
}

const byItem = (a: { readonly item: string }, b: { readonly item: string }): number =>
  a.item < b.item ? -1 : 1

type Run = {
  readonly name: string
  readonly hasTransactions: boolean
  readonly furtherBy: number
}

async function run(sdk: Sdk, { name, hasTransactions, furtherBy }: Run): Promise<void> {
  await withAnswer({ number: '20', name }, async (load) => {
    const packing = await load<Packing>('packing.ts')
    const laid = { ...packing, ...(await load<Pick<Laid, 'outbox'>>('outbox.ts')) }
    await using dynamodb = await startDynamodb(sdk)
    const lasting = sdk.documentsOf(dynamodb.client())
    const endpoint = { lasting, inOrder: newOrder() }
    const reliable = hasTransactions ? withTransactions(lasting, endpoint) : lasting
    const lifetimeMs = (_key: string, value: unknown) => (value as { ttlMs?: number }).ttlMs
    const limits = { maxWrites: 10, maxTotalBytes: 8192 }
    const documents = losingAnswers(reliable, furtherBy)
    await using before = await dynamodbStore({ documents: lasting, table })
    await before.save('order-1', { items, slips: [] }, absent)
    await using store = await dynamodbStore({ documents, table, limits, lifetimeMs })
    assert.equal(store.features.atomicSets, hasTransactions)
    const heard = await packed(laid, store)
    const { value } = await before.load('order-1', { slips: [] as string[] })
    assert.equal(value.slips.length, 1)
    const [slip] = value.slips
    const promised = items.map((item) => ({ orderId: 'order-1', item, packing: 1, slip }))
    assert.deepEqual(heard.toSorted(byItem), promised.toSorted(byItem))
    const [mark] = await before.list<{ ttlMs?: number }>('order-1/', { limit: 10 })
    assert.equal(typeof mark?.value.ttlMs, 'number')
  })
}

export const exercise20: readonly Case[] = [
  {
    title: 'packs thirty gifts once, while answers are lost (the solution of 20)',
    run: (sdk) => run(sdk, { name: 'solution', hasTransactions: true, furtherBy: 1 }),
  },
  {
    title: 'packs thirty gifts once without transactions (another answer of 20)',
    run: (sdk) => run(sdk, { name: 'pointer-in-the-entity', hasTransactions: false, furtherBy: 4 }),
  },
]
