import { expect, test } from 'vitest'
import { exactlyOne, neverTwo, view } from './index.ts'

const order = { prefix: 'ann/orders/', what: 'order of ann' }
const stored = (...keys: readonly string[]) =>
  view({ entities: new Map(keys.map((key) => [key, {}])), deadLetters: [], history: [] })

test('two of what there may be one of are a duplicate, and are named', () => {
  const two = stored('ann/orders/1', 'ann/orders/2', 'ben/orders/1')
  for (const violation of [exactlyOne(two, order), neverTwo(two, order)]) {
    expect(violation?.code).toBe('DUPLICATE_EFFECT')
    expect(violation?.about).toEqual(['ann/orders/1', 'ann/orders/2'])
  }
})

test('one is right, and none is right on the way there, but not in the end', () => {
  const [one, none] = [stored('ann/cart', 'ann/orders/1'), stored('ann/cart', 'ben/orders/1')]
  expect(exactlyOne(one, order)).toBeUndefined()
  expect(neverTwo(none, order)).toBeUndefined()
  expect(exactlyOne(none, order)?.code).toBe('LOST_MESSAGE')
})
