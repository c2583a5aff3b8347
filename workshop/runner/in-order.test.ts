import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'
import { outcome } from './testing/bench.ts'

const saves = outcome('a save fails', undefined, 'failing-saves.test.ts')
const ghosts = outcome('no ghost is sent', undefined, 'ghosts.test.ts')
const lost = outcome('nothing is lost', undefined, 'orders.test.ts')
const twice = outcome('nothing comes twice', undefined, 'orders.test.ts')
const red = (...tests: readonly string[]) => ({
  red: tests.map((test) => ({ code: 'LOST_MESSAGE' as const, test })),
})

test('the file with the test that turns red first in the front matter is told first', () => {
  const order = red('nothing comes twice', 'a save fails')
  expect(inOrder([saves, ghosts, lost, twice], order)).toEqual([lost, twice, saves, ghosts])
})

test('files that the front matter does not name come last, in the order in which they came', () => {
  expect(inOrder([ghosts, saves, lost], red('nothing is lost'))).toEqual([lost, ghosts, saves])
})

test('without such a test everything stays in its place', () => {
  expect(inOrder([saves, lost, ghosts], red('a test that is gone'))).toEqual([saves, lost, ghosts])
  expect(inOrder([], red('nothing is lost'))).toEqual([])
})
