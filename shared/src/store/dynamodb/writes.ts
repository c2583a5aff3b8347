// Writes as DynamoDB takes them: each with its condition, one alone or several as a transaction.

import { createHash, randomBytes } from 'node:crypto'
import { absent, type Version } from '../store.ts'
import type { CheckedWrite } from '../write-set.ts'
import type { Condition, DeleteInput, Item, PutInput } from './document-client.ts'
import { tableKey } from './items.ts'

export type WriteTo = {
  readonly table: string
  /** How many names the pending entries are spread over. */
  readonly shards: number
  readonly nowMicros: number
  readonly lifetimeMs: (key: string, value: unknown) => number | undefined
}

export type TableWrite =
  | { readonly version: Version; readonly put: PutInput }
  | { readonly version: Version; readonly delete: DeleteInput }

/** `write` with a version of its own, for `put` or `delete`. */
export function tableWrite(write: CheckedWrite, to: WriteTo): TableWrite {
  const { key, json, expected } = write
  const condition = { TableName: to.table, ...conditionFor(expected) }
  if (json === undefined) {
    return { version: absent, delete: { ...condition, Key: tableKey(key) } }
  }
  const version = newVersion()
  const item = { ...tableKey(key), v: json, n: version, t: to.nowMicros }
  return { version, put: { ...condition, Item: { ...item, ...marks(write, to) } } }
}

export const shardNames = (shards: number): readonly string[] =>
  Array.from({ length: shards }, (_, shard) => `pending ${shard}`)

function conditionFor(expected: Version): Condition {
  if (expected === absent) return { ConditionExpression: 'attribute_not_exists(p)' }
  return {
    ConditionExpression: 'n = :expected',
    ExpressionAttributeValues: { ':expected': expected },
  }
}

function marks({ key, json, pending }: CheckedWrite, to: WriteTo): Item {
  const lifetimeMs = to.lifetimeMs(key, JSON.parse(json ?? 'null'))
  const shard = createHash('sha256').update(key).digest().readUInt32BE() % to.shards
  return {
    ...(pending && { q: shardNames(to.shards)[shard] }),
    ...(lifetimeMs !== undefined && { e: Math.ceil((to.nowMicros / 1000 + lifetimeMs) / 1000) }),
  }
}

/** 52 random bits, none of them 0 in all. What was removed leaves no trace to count on from; that
 *  one of these comes again where a stale writer holds it has a chance of 1 in 4.5e15. */
function newVersion(): Version {
  const bits = randomBytes(8).readBigUInt64BE() >> 12n
  return Number(bits === 0n ? 1n : bits) as Version
}
