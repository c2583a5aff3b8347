// What a call rejects with when its answer does not come, or is none about the call: definite only
// where it is certain. Also with an SDK that tries again by itself.

import assert from 'node:assert/strict'
import { refusal, valueOf } from '../../shared/src/store/contract/parts.ts'
import {
  absent,
  type DocumentClient,
  dynamodbStore,
  type Store,
} from '../../shared/src/store/index.ts'
import { Unavailable, Unknown } from '../../shared/src/world/index.ts'
import {
  answer,
  hang,
  loseReply,
  loseRequest,
  type Meets,
  type PrivateDynamodb,
  startDynamodb,
  table,
} from './private-dynamodb.ts'
import type { Sdk } from './sdk.ts'

export type Case = { readonly title: string; readonly run: (sdk: Sdk) => Promise<void> }

type Scene = {
  readonly dynamodb: PrivateDynamodb
  /** A store whose client tries each call so often. Default: once. */
  readonly open: (maxAttempts?: number, timeLimitMs?: number) => Promise<Store>
}

const scene =
  (act: (scene: Scene) => Promise<void>) =>
  async (sdk: Sdk): Promise<void> => {
    await using dynamodb = await startDynamodb(sdk)
    const open: Scene['open'] = (maxAttempts = 1, timeLimitMs = 5000) => {
      const documents = sdk.documentsOf(dynamodb.client({ maxAttempts }))
      return dynamodbStore({ documents, table, timeLimitMs })
    }
    await act({ dynamodb, open })
  }

/** Another process writes before the request is looked at. */
const afterWriting =
  (write: () => Promise<unknown>): Meets =>
  async (_request, _response, pass) => {
    await write()
    pass()
  }

export const lostAnswers: readonly Case[] = [
  {
    title: 'does not know of a write whose reply is lost, and has applied it',
    run: scene(async ({ dynamodb, open }) => {
      const store = await open()
      dynamodb.gate('PutItem', loseReply)
      await refusal(store.save('order-1', 'paid', absent), Unknown)
      assert.equal(await valueOf(store, 'order-1'), 'paid')
    }),
  },
  {
    title: 'does not know of a write that never arrives, and has not applied it',
    run: scene(async ({ dynamodb, open }) => {
      const store = await open()
      dynamodb.gate('PutItem', loseRequest)
      await refusal(store.save('order-1', 'paid', absent), Unknown)
      assert.equal(await valueOf(store, 'order-1'), undefined)
    }),
  },
  {
    title: 'waits no longer for an answer than it may, for a write and for a read',
    run: scene(async ({ dynamodb, open }) => {
      const store = await open(1, 100)
      dynamodb.gate('PutItem', hang)
      dynamodb.gate('GetItem', hang)
      await refusal(store.save('order-1', 'paid', absent), Unknown)
      await refusal(store.load('order-1', ''), Unavailable)
    }),
  },
  {
    title: 'is certain that nothing was sent where nobody listens',
    run: async (sdk) => {
      await using dynamodb = await startDynamodb(sdk)
      const gone = await startDynamodb(sdk)
      await gone[Symbol.asyncDispose]()
      const deaf = sdk.documentsOf(dynamodb.client({ endpoint: gone.endpoint }))
      const known = sdk.documentsOf(dynamodb.client())
      const documents: DocumentClient = Object.assign(Object.create(deaf) as typeof deaf, {
        transactWrite: known.transactWrite.bind(known),
      })
      const store = await dynamodbStore({ documents, table })
      await refusal(store.save('order-1', 'paid', absent), Unavailable)
      await refusal(store.load('order-1', ''), Unavailable)
    },
  },
  {
    title: 'tells a refusal for too many requests from an error inside of DynamoDB',
    run: scene(async ({ dynamodb, open }) => {
      const store = await open()
      dynamodb.gate(
        'PutItem',
        answer(400, 'ProvisionedThroughputExceededException'),
        answer(500, 'InternalServerError'),
      )
      await refusal(store.save('order-1', 'paid', absent), Unavailable)
      await refusal(store.save('order-1', 'paid', absent), Unknown)
    }),
  },
  {
    title: 'takes its own write, which the SDK has tried again, for no conflict',
    run: scene(async ({ dynamodb, open }) => {
      const store = await open(3)
      dynamodb.gate('PutItem', loseReply)
      const version = await store.save('order-1', 'paid', absent)
      assert.deepEqual(await store.load('order-1', ''), { value: 'paid', version })
    }),
  },
  {
    title: 'does not call a conflict what the SDK has tried again and somebody has overwritten',
    run: scene(async ({ dynamodb, open }) => {
      const [store, other] = [await open(3), await open()]
      const overwrite = async () => {
        const { version } = await other.load('order-1', '')
        await other.save('order-1', 'shipped', version)
      }
      dynamodb.gate('PutItem', loseReply, afterWriting(overwrite))
      await refusal(store.save('order-1', 'paid', absent), Unknown)
      assert.equal(await valueOf(store, 'order-1'), 'shipped')
    }),
  },
  {
    title: 'does not know of a removal that the SDK has tried again, and that is done',
    run: scene(async ({ dynamodb, open }) => {
      const store = await open(3)
      const version = await store.save('order-1', 'paid', absent)
      dynamodb.gate('DeleteItem', loseReply)
      await refusal(store.remove('order-1', version), Unknown)
      assert.equal(await valueOf(store, 'order-1'), undefined)
    }),
  },
  {
    title: 'shows an error about the call itself as it is',
    run: scene(async ({ dynamodb, open }) => {
      const store = await open()
      dynamodb.gate('PutItem', answer(400, 'ResourceNotFoundException'))
      const outcome = await store.save('order-1', 'paid', absent).catch((error: unknown) => error)
      assert.equal((outcome as Error).name, 'ResourceNotFoundException')
    }),
  },
]
