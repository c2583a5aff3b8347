// Two states that a digest does not tell apart are one state to a search: it would leave out
// schedules without a word. So digests of small and regular things, as states are made of, must
// differ without exception.

import { expect, test } from 'vitest'
import { digestOf, digestOfText, join, mix } from './digest.ts'

const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index)
const triples = range(30).flatMap((a) =>
  range(30).flatMap((b) => range(30).map((c) => [a, b, c] as const)),
)

const distinct = (digests: readonly number[]): number => new Set(digests).size

test('chains of small numbers differ wherever one number does, or the order', () => {
  expect(mix(1, 2)).not.toBe(mix(2, 1))
  expect(mix(0, 3)).not.toBe(mix(1, 2))
  expect(distinct(triples.map(([a, b, c]) => mix(mix(a, b), c)))).toBe(triples.length)
})

test('digests that are joined differ wherever one part does, but not with the order', () => {
  const [ann = 0, ben = 0, cat = 0] = ['ann', 'ben', 'cat'].map(digestOfText)
  const rows = triples.map(([a, b, c]) => join(join(mix(ann, a), mix(ben, b)), mix(cat, c)))
  expect(distinct(rows)).toBe(triples.length)
  expect(join(mix(ann, 1), mix(ben, 2))).toBe(join(mix(ben, 2), mix(ann, 1)))
})

test('sets of operations that wait differ wherever one operation does', () => {
  const ids = range(14).map((index) => mix(digestOfText('lane'), index))
  const sets = range(2 ** ids.length).map((set) =>
    ids.reduce((sum, id, index) => ((set >> index) & 1 ? join(sum, id) : sum), 0),
  )
  expect(distinct(sets)).toBe(sets.length)
})

test('what a step may be told differs in its digest', () => {
  const values: readonly unknown[] = [
    undefined, null, true, false, 0, 1, -1, 0.5, 2 ** 31, 2 ** 40, Infinity, Number.NaN, 1n, 2n,
    '', '1', 'a', 'b', [], [[]], [1, 2], [2, 1], {}, { a: 1 }, { b: 1 }, { a: 1, b: undefined },
    new Date(1), new Date(2), new Map(), new Map([[1, 2]]), new Set([1]), new Set([2]),
    new Uint8Array([1]), new Uint8Array([2]), new Error('one'), new Error('two'),
    new TypeError('one'), Object.assign(new Error('one'), { key: 'order-1' }),
  ] // prettier-ignore
  expect(distinct(values.map(digestOf))).toBe(values.length)
})
