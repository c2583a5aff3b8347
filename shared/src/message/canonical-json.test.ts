import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, maxJsonDepth } from './index.ts'

test('what is written is what is read back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('equal content has equal bytes, in whatever order its keys were set', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).toReversed())
      expect(canonicalJson(reversed)).toBe(canonicalJson(value))
    }),
  )
})

test('a key that is left undefined is as good as no key', () => {
  expect(canonicalJson({ item: 'porsche', note: undefined })).toBe('{"item":"porsche"}')
})

test('a key named __proto__ is data like any other', () => {
  const hostile: unknown = JSON.parse('{"__proto__":{"admin":true},"a":1}')
  expect(canonicalJson(hostile)).toBe('{"__proto__":{"admin":true},"a":1}')
})

test.each([
  ['a Set', { items: new Set(['porsche']) }, '$.items', 'an instance of Set'],
  ['a Map', new Map(), '$', 'an instance of Map'],
  ['a Date', { at: new Date(0) }, '$.at', 'an instance of Date'],
  ['bytes', [new Uint8Array(1)], '$[0]', 'an instance of Uint8Array'],
  ['NaN', { price: Number.NaN }, '$.price', 'NaN'],
  ['Infinity', [1, Infinity], '$[1]', 'Infinity'],
  ['a bigint', { n: 1n }, '$.n', 'a bigint'],
  ['a function', { f: () => 1 }, '$.f', 'a function'],
  ['undefined in a list', [undefined], '$[0]', 'undefined'],
  ['a hole in a list', Array(1), '$[0]', 'undefined'],
  ['undefined by itself', undefined, '$', 'undefined'],
  ['half a surrogate pair', { name: '\ud83d' }, '$.name', 'half a surrogate pair'],
])('%s is refused with its place, instead of being lost', (_name, value, place, got) => {
  expect(() => canonicalJson(value)).toThrow(`expected a JSON value at ${place}, got ${got}`)
})

test('a value that is deeper than any reader should have to go is refused', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])
  expect(() => canonicalJson(nested(maxJsonDepth))).not.toThrow()
  expect(() => canonicalJson(nested(maxJsonDepth + 1))).toThrow('64 levels deep')
})

test('content whose keys are in order, and content whose keys are not, has the same bytes', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).toReversed()
    return Object.fromEntries(entries.map(([key, member]) => [key, reversed(member)]))
  }
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = canonicalJson(reversed(value))
      expect(canonicalJson(value)).toBe(json)
      expect(canonicalJson(JSON.parse(json))).toBe(json)
    }),
  )
})

test('a list that knows how to write itself is written as a list', () => {
  const list = Object.assign(['porsche'], { toJSON: () => 'a sledge' })
  expect(canonicalJson({ list })).toBe('{"list":["porsche"]}')
})
