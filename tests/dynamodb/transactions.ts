// Transactions for an endpoint that has none, so that the conformance suite also runs over that
// half of the adapter: writes and queries of a case pass one after the other, and a transaction is
// checked whole before any of it is written, by a client that no crash ends. It is no model of what
// AWS does under contention.

import type { DocumentClient } from '../../shared/src/store/index.ts'

type TransactWrite = Parameters<DocumentClient['transactWrite']>[0]
type Action = TransactWrite['TransactItems'][number]
type Put = Parameters<DocumentClient['put']>[0]
type Delete = Parameters<DocumentClient['delete']>[0]

/** `name` as the SDK's errors have it, with the status by which DynamoDB blames the caller. */
export class Refusal extends Error {
  readonly $metadata = { httpStatusCode: 400, attempts: 1 }
  readonly CancellationReasons: readonly { readonly Code: string }[]

  constructor(name: string, reasons: readonly string[] = []) {
    super(name)
    this.name = name
    this.CancellationReasons = reasons.map((Code) => ({ Code }))
  }
}

/** One of each for all clients of an endpoint. */
export type Endpoint = { readonly lasting: DocumentClient; readonly inOrder: InOrder }

export function withTransactions(
  documents: DocumentClient,
  { lasting, inOrder }: Endpoint,
): DocumentClient {
  return {
    get: (input, options) => documents.get(input, options),
    query: (input, options) => inOrder(() => documents.query(input, options)),
    batchGet: (input, options) => documents.batchGet(input, options),
    put: (input, options) => inOrder(() => documents.put(input, options)),
    delete: (input, options) => inOrder(() => documents.delete(input, options)),
    transactWrite: (input, options) =>
      inOrder(async () => {
        const { TransactItems: actions } = input
        if (actions.length === 0) throw new Refusal('ValidationException')
        const held = await Promise.all(actions.map((action) => holds(lasting, action, options)))
        if (held.includes(false)) {
          const reasons = held.map((one) => (one ? 'None' : 'ConditionalCheckFailed'))
          throw new Refusal('TransactionCanceledException', reasons)
        }
        for (const { Put: put, Delete: remove } of actions) {
          if (put) await lasting.put(put, options)
          if (remove) await lasting.delete(remove, options)
        }
      }),
  }
}

export type InOrder = <T>(work: () => Promise<T>) => Promise<T>

export function newOrder(): InOrder {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}

async function holds(
  documents: DocumentClient,
  { Put: put, Delete: remove }: Action,
  options: Parameters<DocumentClient['get']>[1],
): Promise<boolean> {
  const write = (put ?? remove) as Put | Delete
  const { p, s } = 'Item' in write ? write.Item : write.Key
  const { Item: item } = await documents.get(
    { TableName: write.TableName, Key: { p, s }, ConsistentRead: true },
    options,
  )
  return item?.['n'] === write.ExpressionAttributeValues?.[':expected']
}
