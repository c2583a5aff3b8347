// A store in one table of DynamoDB, or of an endpoint that speaks its API. Every call is one
// request, but for `pending`. Reads are consistent. Versions are random numbers, so that a removal
// leaves nothing behind and a write can be told from another's by its version alone.
//
// Let the client try once (`maxAttempts: 1`): this store then tells `Conflict` and `Unavailable`
// from `Unknown`. With the SDK's own retries it says `Unknown` wherever a retry was refused, unless
// it finds its own write. The token of a transaction spans the tries of one call, no more: it
// protects nothing across a crash.
//
// Not promised: that a list shows a transaction whole (`wholeLists`); that `pending` knows of a
// write at once, since an index lags; its order where the writers' clocks differ; that what has
// expired is gone. It lingers, for days, and is loaded like anything else.

import { expectLimit, featuresWith, type StoreLimits } from '../limits.ts'
import type { Store } from '../store.ts'
import type { DocumentClient } from './document-client.ts'
import { microClock } from './micro-clock.ts'
import { OpenStore } from './open-store.ts'

export type DynamodbStoreOptions = {
  /** `DynamoDBDocument.from(new DynamoDBClient({ maxAttempts: 1 }))`. Who made it destroys it. */
  readonly documents: DocumentClient
  /** The name of a table like `dynamodbTable`. */
  readonly table: string
  /** Other limits than `defaultLimits`. Without transactions `maxWrites` is 1 in any case. */
  readonly limits?: Partial<StoreLimits>
  /** How long after it was saved an entry expires, in milliseconds; undefined: never, the default.
   *  DynamoDB removes it hours or days later. */
  readonly lifetimeMs?: (key: string, value: unknown) => number | undefined
  /** How long one call may take, in milliseconds. Default 5000. */
  readonly timeLimitMs?: number
  /** Over how many keys of the index pending entries are spread, each good for about 1000 writes a
   *  second. Default 4. All processes must say the same. */
  readonly pendingShards?: number
}

/** Asks the endpoint whether it has transactions, and opens the store. Rejects with the client's
 *  error where there is no answer to that. */
export async function dynamodbStore(options: DynamodbStoreOptions): Promise<Store> {
  const { documents, table, limits, timeLimitMs = 5000, pendingShards = 4 } = options
  expectLimit('timeLimitMs', timeLimitMs)
  expectLimit('pendingShards', pendingShards)
  const hasTransactions = await answersTransactions(documents, timeLimitMs)
  return new OpenStore({
    documents,
    table,
    timeLimitMs,
    shards: pendingShards,
    lifetimeMs: options.lifetimeMs ?? (() => undefined),
    nowMicros: microClock({
      wallMs: () => Date.now(),
      tickMs: () => performance.now(),
      originMs: performance.timeOrigin,
    }),
    features: featuresWith(hasTransactions ? limits : { ...limits, maxWrites: 1 }, {
      ordered: false,
      atomicSets: hasTransactions,
      wholeLists: false,
    }),
  })
}

/** A transaction of nothing: refused as invalid where there are transactions, and free. */
async function answersTransactions(
  documents: DocumentClient,
  timeLimitMs: number,
): Promise<boolean> {
  try {
    const options = { abortSignal: AbortSignal.timeout(timeLimitMs) }
    await documents.transactWrite({ TransactItems: [] }, options)
    return true
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'UnknownOperationException') return false
    if (name === 'ValidationException') return true
    throw error
  }
}
