import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { bodyOf, firstSentMs, idempotencyKey, intentHeaders } from './index.ts'

const key = fc.string({ minLength: 1, maxLength: 255, unit: 'grapheme-ascii' })

test('the headers of an intent say which one it is, and since when', () => {
  fc.assert(
    fc.property(key, fc.nat(4_000_000_000), (wanted, seconds) => {
      const headers = intentHeaders({ key: wanted, firstSentMs: seconds * 1000 })
      expect(idempotencyKey({ headers })).toBe(wanted)
      expect(firstSentMs({ headers })).toBe(seconds * 1000)
    }),
  )
})

test.each([
  'k-1',
  '"k-1',
  'k-1"',
  '""',
  '"a"b"',
  '"a\\b"',
  '"a", "b"',
  '"\u00e4"',
  `"${'x'.repeat(256)}"`,
])('a key of %s is malformed: 400', (given) => {
  const headers = { 'idempotency-key': given }
  expect(() => idempotencyKey({ headers })).toThrow(/^400: .*in double quotes/)
})

test('without a key: 400, and the header is named', () => {
  expect(() => idempotencyKey({ headers: {} })).toThrow('400: expected the header Idempotency-Key')
})

test.each([
  '',
  'yesterday',
  '0',
  '1994-11-06',
  'Sun, 6 Nov 1994 08:49:37 GMT',
  'Sun, 06 Nov 1994 08:49:37 CET',
])('a date of %s is none: 400', (given) => {
  const headers = { 'repeatability-first-sent': given }
  expect(() => firstSentMs({ headers })).toThrow('400: expected the header Repeatability')
})

test.each(['', 'x'.repeat(256), 'caf\u00e9', 'a\nb'])('%j is no key to begin with', (wrong) => {
  expect(() => intentHeaders({ key: wrong, firstSentMs: 0 })).toThrow(TypeError)
})

test('a body that is something else is refused: 400, and it says where', () => {
  const amount = z.strictObject({ amount: z.int().positive() })
  expect(bodyOf({ body: { amount: 1 } }, amount)).toEqual({ amount: 1 })
  expect(() => bodyOf({ body: { amount: -1 } }, amount)).toThrow(/^400: .*amount/)
  expect(() => bodyOf({ body: undefined }, amount)).toThrow('400: ')
})
