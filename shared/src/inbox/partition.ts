// Which partition a message is about: its record is stored there, beside the entity that it
// changes. It must be known from the message alone, as a duplicate looks for the record before
// anything else.

import type { Message } from '../message/index.ts'

/** The part of the entity's key before its first slash: for `order-1/lines/2` it is `order-1`. The
 *  same message must always give the same partition. */
export type PartitionOf = (message: Message) => string

/** The partition stands in the member `name` of each body: `partitionIn('orderId')`. */
export const partitionIn =
  (name: string): PartitionOf =>
  ({ type, body }) => {
    const isObject = typeof body === 'object' && body !== null && Object.hasOwn(body, name)
    const value: unknown = isObject ? (body as Readonly<Record<string, unknown>>)[name] : undefined
    if (typeof value === 'string') return value
    throw new TypeError(`expected a text in ${name} of every ${type}, got ${JSON.stringify(body)}`)
  }

/** The partition of `message`. Throws a TypeError unless it is one, and only one. */
export function checkPartition(message: Message, partition: PartitionOf): string {
  const text = partition(message)
  if (text !== '' && !text.includes('/')) return text
  throw new TypeError(
    `expected the partition of ${message.type} to be a text without a slash, got ` +
      JSON.stringify(text),
  )
}
