// What our own `publish`, `send` and `save` are given, in a program that has no types or passes them
// by. All of it is refused before any effect.

import { event, header } from '@workshop/shared/message'
import { AddItem } from '@workshop/shared/shop'
import { absent, type Version } from '@workshop/shared/store'
import { z } from 'zod'
import { isRefused, publisher, refused, type RefusedRow } from './refused.ts'
import type { Row } from './sees.ts'

/** A schema that lets everything pass: what is no JSON is found when it is written. */
const Anything = event('Anything', z.any())

/** `body` in a message, and then in an entity. */
const both = (given: string, body: () => unknown, sees: string): readonly RefusedRow[] => [
  {
    given: `${given} in a message`,
    sees,
    becomes: isRefused,
    attempt: ({ broker }) => publisher(broker).publish(Anything(body())),
  },
  {
    given: `${given} in an entity`,
    sees,
    becomes: isRefused,
    attempt: ({ store }) => store.save('order-1', body(), absent),
  },
]

const save = (given: string, [key, sees]: readonly [string, string]): RefusedRow => ({
  given,
  sees,
  becomes: isRefused,
  attempt: ({ store }) => store.save(key, 'value', absent),
})

const row = refused(isRefused)

function cycle(): unknown {
  const order: Record<string, unknown> = {}
  order['self'] = order
  return order
}

function nested(levels: number): unknown {
  let value: unknown = 'gift'
  for (let level = 0; level < levels; level += 1) value = [value]
  return value
}

const at = (place: string, got: string): string =>
  `TypeError: expected a JSON value at ${place}, got ${got}`

export const noJson: readonly RefusedRow[] = [
  ...both('NaN', () => ({ total: NaN }), at('$.total', 'NaN')),
  ...both('Infinity', () => ({ total: Infinity }), at('$.total', 'Infinity')),
  ...both('a Date', () => ({ at: new Date(0) }), at('$.at', 'an instance of Date')),
  ...both('a Set', () => new Set(['bell']), at('$', 'an instance of Set')),
  ...both('a Map', () => ({ stock: new Map() }), at('$.stock', 'an instance of Map')),
  ...both('bytes', () => Buffer.from('bell'), at('$', 'an instance of Buffer')),
  ...both('a function', () => ({ wrap: () => 'paper' }), at('$.wrap', 'a function')),
  ...both('a symbol', () => [Symbol('bell')], at('$[0]', 'a symbol')),
  ...both('a BigInt', () => ({ total: 1n }), at('$.total', 'a bigint')),
  ...both('undefined in a list', () => ['bell', undefined], at('$[1]', 'undefined')),
  ...both('a hole in a list', () => Object.assign([], { 1: 'bell' }), at('$[0]', 'undefined')),
  ...both('undefined', () => undefined, at('$', 'undefined')),
  ...both('half a surrogate pair', () => ['\uD800'], at('$[0]', 'half a surrogate pair')),
  ...both('a promise', () => ({ item: Promise.resolve() }), at('$.item', 'an instance of Promise')),
  ...both(
    'a cycle',
    cycle,
    'TypeError: expected JSON at most 64 levels deep, got more below $.self.self.self. Does something contain itself?',
  ),
  ...both(
    '10 000 lists in one another',
    () => nested(10_000),
    'TypeError: expected JSON at most 64 levels deep, got more below $[0][0][0]. Does something contain itself?',
  ),
]

export const tooMuch: readonly RefusedRow[] = [
  row(
    'a message of 2 MB',
    ({ broker }) => publisher(broker).publish(Anything('x'.repeat(2_000_000))),
    'TooLarge: expected a body of at most 1048576 bytes, got 2000002 in Anything …. Put the data in a store and send its key',
  ),
  row(
    'headers of 1 MB',
    ({ broker }) => publisher(broker).publish(Anything(1, { headers: { note: 'x'.repeat(1e6) } })),
    'TooLarge: expected at most 60000 bytes of headers, got …',
  ),
  row(
    'an entity of 1 MB',
    ({ store }) => store.save('order-1', 'x'.repeat(1_000_000), absent),
    'TooLarge: expected at most 400000 bytes of JSON in order-1, got 1000002',
  ),
  row(
    '101 writes in one set',
    ({ store }) =>
      store.saveAll(
        Array.from({ length: 101 }, (_, i) => ({ key: `a/${i}`, value: i, expected: absent })),
      ),
    'TooLarge: expected at most 100 writes in one set, got 101',
  ),
]

export const shapes: readonly RefusedRow[] = [
  row(
    'a command without its item',
    async ({ broker }) => publisher(broker).send(AddItem({ orderId: 'order-1' } as never)),
    'InvalidBody: AddItem: ✖ Invalid input: expected string, received undefined → at item',
  ),
  row(
    'a header that is a number',
    ({ broker }) => publisher(broker).publish(Anything(1, { headers: { total: 1 as never } })),
    'TypeError: expected header "total" to be a string, got number in Anything …',
  ),
  row(
    'a header of the broker',
    ({ broker }) => publisher(broker).publish(Anything(1, { headers: { 'x-death': 'now' } })),
    'TypeError: expected a header name of 1 to 128 bytes that does not begin with "x-", got "x-death" in Anything …',
  ),
  row(
    'an id with a line break',
    async ({ broker }) => publisher(broker).publish(Anything(1, { id: 'one\ntwo' })),
    'TypeError: expected a message id without control characters, got "one\\ntwo"',
  ),
  row(
    'a correlation id with half a surrogate pair',
    ({ broker }) =>
      publisher(broker).publish(Anything(1, { headers: { [header.correlationId]: '\uDC00' } })),
    'TypeError: expected header "correlationId" to be whole characters, got half a surrogate pair in Anything …',
  ),
  row(
    'a message type with a space',
    async () => Promise.resolve(event('Item Added', z.any())),
    'TypeError: expected a message type to match ^[A-Za-z][A-Za-z0-9._-]{0,99}$, got "Item Added"',
  ),
  save('an empty key', ['', 'TypeError: expected a key of 1 to 1024 bytes, got 0 bytes']),
  save('a key of 2 kB', [
    'k'.repeat(2048),
    'TypeError: expected a key of 1 to 1024 bytes, got 2048 bytes',
  ]),
  save('a key without a partition', [
    '/items',
    'TypeError: expected a key that begins with its partition, got "/items"',
  ]),
  save('a key with half a surrogate pair', [
    'a\uD800',
    'TypeError: expected a key of whole characters, got "a\\ud800"',
  ]),
  row(
    'keys of two partitions in one set',
    ({ store }) =>
      store.saveAll(['order-1', 'order-2'].map((key) => ({ key, value: 1, expected: absent }))),
    'TypeError: expected the keys of a write set to share one partition, got order-1 and order-2. Save each partition by itself',
  ),
  row(
    'a version that nobody loaded',
    ({ store }) => store.save('order-1', 1, -1 as Version),
    'TypeError: expected order-1 to be written at a version that was loaded, got -1',
  ),
  row(
    'a list without a bound',
    ({ store }) => store.list('order-1/', { limit: Infinity }),
    'TypeError: expected a limit of 1 to 1000 entries, got Infinity',
  ),
]

export const strangeRow: Row = {
  given: 'keys such as __proto__, a zero byte, a piece of SQL, ../',
  sees: 'nothing',
  becomes: 'an entity is found under its key, and under no other',
}

/** Keys that are strange, and as good as any other. */
export const strangeKeys: readonly string[] = [
  '__proto__',
  'constructor/prototype',
  'order-1/\u0000',
  "order-1/'; drop table entry; --",
  'order-1/%_*?[a-z]',
  'order-1/\u{1F514}',
  'order-1//',
  'order-1/../order-2',
]
