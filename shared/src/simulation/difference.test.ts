import { expect, test } from 'vitest'
import { difference } from './difference.ts'

const load = '2 @0 orders-1[given-1#1] load store order-1 = {"value":1} ~k3'
const ack = '2 @0 orders-1[given-1#1] ack queue orders = "acked"'
const sentence = (first: readonly string[], second: readonly string[]) =>
  difference(['1 @0 a', ...first], ['1 @0 a', ...second])?.sentence

test('two equal runs have no difference', () => {
  expect(difference([load, ack], [load, ack])).toBeUndefined()
})

test('another step is named without its result, which nobody asked for', () => {
  expect(sentence([load], [ack])).toContain(
    'Step 2 at first: orders-1 load store order-1. Then: orders-1 ack queue orders',
  )
})

test('another result of the same step is shown, up to a length', () => {
  const other = load.replace('{"value":1}', `"${'x'.repeat(200)}"`)
  expect(sentence([load], [other])).toMatch(
    /load store order-1 = \{"value":1\}\. Then: orders-1 load store order-1 = "x{70,80}…$/,
  )
})

test('the same step with another number of ids is shown with that number', () => {
  const publish = '2 @0 orders-1[given-1#1] publish no queue'
  expect(sentence([`${publish} after 1 new id ~k3`], [`${publish} ~k3`])).toContain(
    'Step 2 at first: orders-1 publish no queue after 1 new id. Then: orders-1 publish no queue',
  )
})

test('a run that ends earlier has nothing in that place', () => {
  expect(sentence([load], [])).toContain(
    'Step 2 at first: orders-1 load store order-1. Then: nothing',
  )
})
