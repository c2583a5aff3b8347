// The world of a conformance case on DynamoDB's API: each process has a client of its own. A crash
// destroys the client, with its connections.

import { dynamodbStore, type DocumentClient, type Store } from '../../shared/src/store/index.ts'
import type { StoreWorld } from '../../shared/src/store/contract/world.ts'
import { realTime } from '../../shared/src/world/index.ts'
import { startDynamodb, table } from './private-dynamodb.ts'
import type { Client, Sdk } from './sdk.ts'

/** What a store gets in the place of its client's documents; the other ones outlive every crash. */
export type Around = (documents: DocumentClient, lasting: DocumentClient) => DocumentClient

export async function dynamodbWorld(
  sdk: Sdk,
  around: Around = (documents) => documents,
): Promise<StoreWorld & AsyncDisposable> {
  const dynamodb = await startDynamodb(sdk)
  const clients = new Map<Store, Client>()
  const lasting = sdk.documentsOf(dynamodb.client())
  return {
    ...realTime(),
    writers: 20,
    open: async () => {
      const client = dynamodb.client()
      const documents = around(sdk.documentsOf(client), lasting)
      const store = await dynamodbStore({ documents, table })
      clients.set(store, client)
      return store
    },
    crash: async (store) => clients.get(store)?.destroy(),
    [Symbol.asyncDispose]: () => dynamodb[Symbol.asyncDispose](),
  }
}
