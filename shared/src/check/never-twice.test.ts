import { expect, test } from 'vitest'
import { neverTwice } from './index.ts'

test('no effect yet, and one of each, is right at any moment', () => {
  expect(neverTwice([])).toBeUndefined()
  expect(neverTwice(['candle', 'bell'])).toBeUndefined()
  expect(neverTwice([{ item: 'candle' }, { item: 'bell' }])).toBeUndefined()
})

test('an effect that is there twice is a duplicate, whatever the order of its fields', () => {
  expect(neverTwice(['candle', 'bell', 'candle'])?.code).toBe('DUPLICATE_EFFECT')
  expect(neverTwice(['candle', 'candle'])?.sentence).toContain('"candle" at most once')
  const twice = [
    { item: 'candle', total: 1 },
    { total: 1, item: 'candle' },
  ]
  expect(neverTwice(twice)?.code).toBe('DUPLICATE_EFFECT')
})
