// What dynalite cannot show, over a client made up for it: transactions, their tokens and refusals,
// and answers that leave something out. The suite itself runs in tests/dynamodb.

import { expect, test } from 'vitest'
import { Unavailable, Unknown } from '../../world/index.ts'
import { absent, Conflict } from '../store.ts'
import type { BatchGetInput, DocumentClient, Item, TransactWriteInput } from './document-client.ts'
import { dynamodbStore } from './dynamodb-store.ts'

const both = ['order-1', 'order-1/mark'].map((key) => ({ key, value: 1, expected: absent }))

type Refused = { readonly name: string; readonly reasons?: string[]; readonly attempts?: number }

function refused({ name, reasons = [], attempts = 1 }: Refused): Error {
  const CancellationReasons = reasons.map((Code) => ({ Code }))
  const $metadata = { httpStatusCode: 400, attempts }
  return Object.assign(new Error('refused'), { name, CancellationReasons, $metadata })
}

/** A client that has transactions, and does what `own` says. */
function client(own: Partial<DocumentClient> = {}): DocumentClient {
  const transactWrite: DocumentClient['transactWrite'] = async (input, options) => {
    const { TransactItems: items, ...rest } = input
    if (items.length === 0) throw refused({ name: 'ValidationException' })
    return own.transactWrite?.({ TransactItems: [...items], ...rest }, options)
  }
  const nothing = async () => ({})
  const others = { get: nothing, put: nothing, delete: nothing, query: nothing, batchGet: nothing }
  return { ...others, ...own, transactWrite }
}

const openOn = (own: Partial<DocumentClient>) =>
  dynamodbStore({ documents: client(own), table: 'shop' })

test('several writes are one transaction, each with its condition', async () => {
  const sent: TransactWriteInput[] = []
  const store = await openOn({ transactWrite: async (input) => void sent.push(input) })
  const [first] = await store.saveAll(both)
  await store.saveAll([
    { key: 'order-1', remove: true, expected: first! },
    { key: 'order-1/mark', value: 2, expected: absent },
  ])
  const conditions = sent.map(({ TransactItems: items }) =>
    items.map(({ Put: put, Delete: remove }) => [put ? 'put' : 'delete', put ?? remove]),
  )
  expect(conditions).toMatchObject([
    [
      ['put', { Item: { p: 'order-1', s: '.' }, ConditionExpression: 'attribute_not_exists(p)' }],
      ['put', { Item: { p: 'order-1', s: '/mark' } }],
    ],
    [
      ['delete', { Key: { p: 'order-1', s: '.' }, ConditionExpression: 'n = :expected' }],
      ['put', { Item: { v: '2' } }],
    ],
  ])
  expect(sent[1]?.TransactItems[0]?.Delete?.ExpressionAttributeValues).toEqual({
    ':expected': first,
  })
})

test('the token of a transaction is its own: the next call of the same writes has another', async () => {
  const tokens: unknown[] = []
  const store = await openOn({
    transactWrite: async ({ ClientRequestToken: token }) => void tokens.push(token),
  })
  await store.saveAll(both)
  await store.saveAll(both)
  expect(tokens[0]).toMatch(/^[\da-f-]{36}$/)
  expect(tokens[1]).not.toBe(tokens[0])
})

test('a transaction that was cancelled says what is certain', async () => {
  let next: Refused = { name: '' }
  const store = await openOn({ transactWrite: () => Promise.reject(refused(next)) })
  const outcome = (reasons: string[], attempts = 1) => {
    next = { name: 'TransactionCanceledException', reasons, attempts }
    return store.saveAll(both).catch((error: unknown) => error)
  }
  expect(await outcome(['None', 'ConditionalCheckFailed'])).toMatchObject({ key: 'order-1/mark' })
  expect(await outcome(['TransactionConflict', 'None'])).toBeInstanceOf(Conflict)
  expect(await outcome(['None', 'ThrottlingError'])).toBeInstanceOf(Unavailable)
  expect(await outcome(['ConditionalCheckFailed', 'None'], 2)).toBeInstanceOf(Unknown)
  expect(await outcome(['ValidationError', 'None'])).toMatchObject({ message: 'refused' })
})

test('a transaction that was tried again and refused is done where its own write is found', async () => {
  let stored: Item | undefined
  const store = await openOn({
    transactWrite: async ({ TransactItems: [first] }) => {
      stored = first?.Put?.Item
      throw refused({ name: 'TransactionInProgressException', attempts: 2 })
    },
    get: async () => ({ Item: stored }),
  })
  expect(await store.saveAll(both)).toHaveLength(2)
})

test('what a batch of reads leaves out is asked for again, and not for ever', async () => {
  const item = (p: string) => ({ p, s: '.', v: '1', n: 7, t: 1, q: 'pending 0' })
  const asked: number[] = []
  const batchGet = async ({ RequestItems: { shop } }: BatchGetInput) => {
    const [first, ...left] = shop?.Keys ?? []
    asked.push(left.length + 1)
    const unprocessed = left.length > 0 && { UnprocessedKeys: { shop: { Keys: left } } }
    return { Responses: { shop: [item(String(first?.['p']))] }, ...unprocessed }
  }
  const query: DocumentClient['query'] = async ({ ExpressionAttributeValues: values }) => ({
    Items: values[':q'] === 'pending 0' ? ['order-1', 'order-2', 'order-3'].map(item) : [],
  })
  const store = await openOn({ query, batchGet })
  const found = await store.pending({ limit: 10 })
  expect(found.map(({ key }) => key)).toEqual(['order-1', 'order-2', 'order-3'])
  expect(asked).toEqual([3, 2, 1])

  const stuck = async ({ RequestItems: left }: BatchGetInput) => ({ UnprocessedKeys: left })
  const slow = await openOn({ query, batchGet: stuck })
  await expect(slow.pending({ limit: 10 })).rejects.toThrow('expected 3 items within 20 rounds')
})

test('what the index still shows, and the table no longer has as pending, is left out', async () => {
  const rows = [
    { p: 'order-1', s: '.', v: '1', n: 7, t: 1 },
    { p: 'order-2', s: '.', v: '1', n: 8, t: 2, q: 'pending 0' },
  ]
  const store = await openOn({
    query: async ({ ExpressionAttributeValues: values }) => ({
      Items: values[':q'] === 'pending 0' ? rows : [],
    }),
    batchGet: async () => ({ Responses: { shop: rows } }),
  })
  expect((await store.pending({ limit: 10 })).map(({ key }) => key)).toEqual(['order-2'])
})

test('every read of the table is consistent', async () => {
  const asked: unknown[] = []
  const found = { Items: [{ p: 'order-1', s: '.', t: 1 }] }
  const store = await openOn({
    get: async ({ ConsistentRead: isConsistent }) => {
      asked.push(isConsistent)
      return {}
    },
    query: async ({ IndexName: index, ConsistentRead: isConsistent }) => {
      if (index !== undefined) return found
      asked.push(isConsistent)
      return {}
    },
    batchGet: async ({ RequestItems: { shop } }) => {
      asked.push(shop?.ConsistentRead)
      return {}
    },
  })
  await store.load('order-1', '')
  await store.list('order-1/', { limit: 1 })
  await store.pending({ limit: 1 })
  expect(asked).toEqual([true, true, true])
})

test('an endpoint that neither has transactions nor denies it is not opened', async () => {
  const documents = client()
  documents.transactWrite = () => Promise.reject(refused({ name: 'AccessDeniedException' }))
  const opening = dynamodbStore({ documents, table: 'shop' })
  await expect(opening).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

test('a shard count is a whole number of 1 or more, and a time limit is more than nothing', async () => {
  const open = (options: object) =>
    dynamodbStore({ documents: client(), table: 'shop', ...options })
  await expect(open({ pendingShards: 0 })).rejects.toBeInstanceOf(TypeError)
  await expect(open({ timeLimitMs: 0 })).rejects.toBeInstanceOf(TypeError)
})
