import { expect, test } from 'vitest'
import { Plan } from './plan.ts'

/** At which of ten opportunities it is spent. */
const spent = (plan: Plan): readonly number[] =>
  Array.from({ length: 10 }, (_, index) => index + 1).filter(() => plan.spends('crashes'))

test('a unit is spent at the opportunity that was chosen for it, and once', () => {
  expect(spent(new Plan({ crashes: 1 }, () => 3))).toEqual([3])
  expect(spent(new Plan({ crashes: 2 }, (_fault, unit) => 9 - 3 * unit))).toEqual([3, 6])
})

test('units that were chosen for the same opportunity are spent one after the other', () => {
  expect(spent(new Plan({ crashes: 3 }, () => 2))).toEqual([2, 3, 4])
})

test('what has no budget is never spent', () => {
  expect(spent(new Plan({ duplicates: 1 }, () => 1))).toEqual([])
  expect(spent(new Plan({ crashes: 0 }, () => 1))).toEqual([])
})

test('what was left over, or had no effect, is unspent', () => {
  const plan = new Plan({ crashes: 1, duplicates: 1, refused: 0 }, () => 2)
  expect(plan.unspent).toEqual(['crashes', 'duplicates'])
  spent(plan)
  expect(plan.unspent).toEqual(['duplicates'])
  plan.misses('crashes')
  expect(plan.unspent).toEqual(['crashes', 'duplicates'])
})
