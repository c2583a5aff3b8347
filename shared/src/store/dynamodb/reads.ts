// What is read from the table. All of it is consistent: of the index of pending entries, which lags
// behind, only the keys are believed, and looked up in the table itself.

import type { Entry, ListOptions } from '../store.ts'
import type {
  BatchGetOutput,
  CallOptions,
  DocumentClient,
  Item,
  Key,
  QueryInput,
} from './document-client.ts'
import { entryOf, isPending, restOf, tableKey, writtenAt } from './items.ts'
import { pendingIndex } from './table.ts'
import { shardNames } from './writes.ts'

/** As many keys as one `BatchGetItem` takes, and how often what it left out is asked for again. */
const batchSize = 100
const maxRounds = 20

export type ReadFrom = {
  readonly documents: DocumentClient
  readonly table: string
  readonly shards: number
  readonly nowMicros: () => number
}

export async function get(
  { documents, table }: ReadFrom,
  key: string,
  options: CallOptions,
): Promise<Entry | undefined> {
  const input = { TableName: table, Key: tableKey(key), ConsistentRead: true }
  const { Item: item } = await documents.get(input, options)
  return item && entryOf(item)
}

export async function list(
  from: ReadFrom,
  { prefix, limit, olderThanMs }: Required<ListOptions> & { readonly prefix: string },
  options: CallOptions,
): Promise<readonly Entry[]> {
  const { p } = tableKey(prefix)
  const values = { ':p': p, ':s': restOf(prefix) }
  const isAged = olderThanMs > 0
  const query = {
    TableName: from.table,
    KeyConditionExpression: 'p = :p and begins_with(s, :s)',
    ...(isAged && { FilterExpression: 't <= :t' }),
    ExpressionAttributeValues: { ...values, ...(isAged && { ':t': writtenBy(from, olderThanMs) }) },
    ConsistentRead: true,
    Limit: limit,
  }
  return (await pages(from, { query, limit }, options)).map(entryOf)
}

export async function pending(
  from: ReadFrom,
  { limit, olderThanMs }: Required<ListOptions>,
  options: CallOptions,
): Promise<readonly Entry[]> {
  const bound = writtenBy(from, olderThanMs)
  const queries = shardNames(from.shards).map((shard) => ({
    TableName: from.table,
    IndexName: pendingIndex,
    KeyConditionExpression: 'q = :q and t <= :t',
    ExpressionAttributeValues: { ':q': shard, ':t': bound },
    Limit: limit,
  }))
  const indexed = await Promise.all(queries.map((query) => pages(from, { query, limit }, options)))
  const oldest = indexed.flat().toSorted(byAge).slice(0, limit)
  const found = await getAll(from, oldest.map(keyIn), options)
  const still = found.filter((item) => isPending(item) && writtenAt(item) <= bound)
  return still.toSorted(byAge).map(entryOf)
}

type Paged = { readonly query: QueryInput; readonly limit: number }

/** The first `limit` items, from as many pages as it takes: one holds at most a megabyte. */
async function pages(
  { documents }: ReadFrom,
  { query, limit }: Paged,
  options: CallOptions,
): Promise<readonly Item[]> {
  const found: Item[] = []
  let from: Key | undefined
  do {
    const page = await documents.query(
      { ...query, ...(from && { ExclusiveStartKey: from }) },
      options,
    )
    found.push(...(page.Items ?? []))
    from = page.LastEvaluatedKey
  } while (from && found.length < limit)
  return found.slice(0, limit)
}

async function getAll(
  from: ReadFrom,
  keys: readonly Key[],
  options: CallOptions,
): Promise<readonly Item[]> {
  const found: Item[] = []
  for (let first = 0; first < keys.length; first += batchSize) {
    found.push(...(await getBatch(from, keys.slice(first, first + batchSize), options)))
  }
  return found
}

async function getBatch(
  { documents, table }: ReadFrom,
  keys: readonly Key[],
  options: CallOptions,
): Promise<readonly Item[]> {
  const found: Item[] = []
  let left = keys
  for (let round = 0; left.length > 0; round += 1) {
    if (round >= maxRounds) {
      throw new Error(`expected ${keys.length} items within ${maxRounds} rounds, got fewer`)
    }
    const request = { [table]: { Keys: [...left], ConsistentRead: true } }
    const output = await documents.batchGet({ RequestItems: request }, options)
    found.push(...(output.Responses?.[table] ?? []))
    left = unprocessed(output, table)
  }
  return found
}

const unprocessed = ({ UnprocessedKeys: left }: BatchGetOutput, table: string): readonly Key[] =>
  (left?.[table]?.Keys ?? []) as readonly Key[]

const writtenBy = ({ nowMicros }: ReadFrom, olderThanMs: number): number =>
  nowMicros() - olderThanMs * 1000

const keyIn = ({ p, s }: Item): Key => ({ p, s })

const byAge = (a: Item, b: Item): number => writtenAt(a) - writtenAt(b)
