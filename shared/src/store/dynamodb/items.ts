// An entry as an item of the table, and back. The value is one attribute, JSON as text: what comes
// back is what was saved, to the byte, and no number passes through DynamoDB's own.

import { quoted } from '../../message/index.ts'
import { frozenJson } from '../frozen.ts'
import { partitionOf } from '../keys.ts'
import type { Entry, Version } from '../store.ts'
import type { Item, Key } from './document-client.ts'

/** Sorts before `/`, and no key's rest begins with it. */
const alone = '.'

/** What comes after the partition; a sort key must not be empty. */
export function restOf(key: string): string {
  const rest = key.slice(partitionOf(key).length)
  return rest === '' ? alone : rest
}

export const tableKey = (key: string): Key => ({ p: partitionOf(key), s: restOf(key) })

export function keyOf({ p, s }: Item): string {
  return s === alone ? String(p) : `${String(p)}${String(s)}`
}

export function entryOf(item: Item): Entry {
  const key = keyOf(item)
  return { key, value: valueIn(key, item['v']), version: versionOf(item) }
}

export const versionOf = ({ n }: Item): Version => n as Version

export const isPending = ({ q }: Item): boolean => typeof q === 'string'

/** When it was written, in microseconds since 1970. */
export const writtenAt = ({ t }: Item): number => Number(t)

function valueIn(key: string, json: unknown): unknown {
  try {
    return frozenJson(String(json))
  } catch (error) {
    throw new Error(
      `expected ${key} to hold JSON, got ${quoted(String(json))}. Another program has written it`,
      { cause: error },
    )
  }
}
