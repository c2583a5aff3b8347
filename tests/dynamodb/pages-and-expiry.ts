// What takes more than one request, and what is written for DynamoDB's own clean-up.

import assert from 'node:assert/strict'
import { keysOf, times, valueOf } from '../../shared/src/store/contract/parts.ts'
import { absent, dynamodbStore } from '../../shared/src/store/index.ts'
import type { Case } from './lost-answers.ts'
import { startDynamodb, table } from './private-dynamodb.ts'

export const pagesAndExpiry: readonly Case[] = [
  {
    title: 'puts a list of several megabytes together from its pages',
    run: async (sdk) => {
      await using dynamodb = await startDynamodb(sdk)
      const documents = sdk.documentsOf(dynamodb.client())
      const store = await dynamodbStore({ documents, table })
      const keys = times(8, (i) => `order-1/${i}`)
      for (const key of keys) await store.save(key, 'x'.repeat(390_000), absent)
      assert.deepEqual(keysOf(await store.list('order-1/', { limit: 10 })), keys)
      assert.deepEqual(keysOf(await store.list('order-1/', { limit: 7 })), keys.slice(0, 7))
    },
  },
  {
    title: 'finds more pending entries than one request may ask for, the oldest first',
    run: async (sdk) => {
      await using dynamodb = await startDynamodb(sdk)
      const documents = sdk.documentsOf(dynamodb.client())
      const store = await dynamodbStore({ documents, table })
      const keys = times(120, (i) => `order-${i}/row`)
      for (const key of keys) {
        await store.saveAll([{ key, value: 'to do', expected: absent, pending: true }])
      }
      assert.deepEqual(keysOf(await store.pending({ limit: 1000 })), keys)
      assert.deepEqual(keysOf(await store.pending({ limit: 110 })), keys.slice(0, 110))
    },
  },
  {
    title:
      'says when an entry expires, in whole seconds and never too early, and shows it until then',
    run: async (sdk) => {
      await using dynamodb = await startDynamodb(sdk)
      const documents = sdk.documentsOf(dynamodb.client())
      const lifetimeMs = (key: string, value: unknown) =>
        key.includes('/mark') && value === 'done' ? 1500 : undefined
      const store = await dynamodbStore({ documents, table, lifetimeMs })
      const before = Date.now()
      const version = await store.save('order-1/mark', 'done', absent)
      await store.save('order-1', 'paid', absent)
      const { Items: items = [] } = await documents.query(
        {
          TableName: table,
          KeyConditionExpression: 'p = :p',
          ExpressionAttributeValues: { ':p': 'order-1' },
          Limit: 10,
        },
        { abortSignal: AbortSignal.timeout(5000) },
      )
      const [alone, mark] = items
      assert.equal(alone?.['e'], undefined)
      const expiresAtMs = Number(mark?.['e']) * 1000
      assert.ok(expiresAtMs >= before + 1500 && expiresAtMs <= Date.now() + 2500)
      assert.equal(await valueOf(store, 'order-1/mark'), 'done')
      await store.save('order-1/mark', 'to do', version)
      const { Item: again } = await documents.get(
        { TableName: table, Key: { p: 'order-1', s: '/mark' }, ConsistentRead: true },
        { abortSignal: AbortSignal.timeout(5000) },
      )
      assert.equal(again?.['e'], undefined)
    },
  },
]
