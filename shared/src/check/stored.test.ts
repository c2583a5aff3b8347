import { expect, test } from 'vitest'
import { exactlyOne, neverTwo, nothingLeftIn, view } from './index.ts'

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

test('what is left over inside of an entity is named', () => {
  type Done = { readonly undone: readonly string[] }
  const end = view({
    entities: new Map([
      ['order-1', { undone: [] }],
      ['order-2', { undone: ['m-1'] }],
    ]),
    deadLetters: [],
    history: [],
  })
  const undone = ({ undone }: Done) => undone
  expect(nothingLeftIn(end, 'order-1', undone)).toBeUndefined()
  const violation = nothingLeftIn(end, 'order-', undone)
  expect(violation?.code).toBe('LEFTOVERS')
  expect(violation?.about).toEqual(['order-2', 'm-1'])
})
