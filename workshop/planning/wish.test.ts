import { expect, test } from 'vitest'
import { SetupProblem } from '../command.ts'
import { wishOf } from './wish.ts'

test('without a word it is one day from nine, as long as the route', () => {
  const { route, plan, json } = wishOf([])
  expect(route.name).toBe('one-day')
  expect(plan).toEqual({ minutes: 420, days: 1, from: 540, fits: false })
  expect(json).toBe(false)
})

test('what is asked for is taken', () => {
  const words = '--minutes 360 --route two --days 3 --from 8:30 --fit --json'
  const { route, plan } = wishOf(words.split(' '))
  expect(route.name).toBe('two-days')
  expect(plan).toEqual({ minutes: 360, days: 3, from: 510, fits: true })
})

test.each([
  ['--minutes 0', 'from 30 to 960'],
  ['--minutes -5', 'got "-5"'],
  ['--minutes abc', 'got "abc"'],
  ['--minutes 1.5', 'got "1.5"'],
  ['--minutes 100000', 'got "100000"'],
  ['--days 0', 'expected --days with a whole number from 1 to 30'],
  ['--from 25:00', 'expected --from with a time such as 09:00, got "25:00"'],
  ['--from noon', 'got "noon"'],
  ['--route nowhere', 'expected the name of one route out of one-day, two-days'],
])('%s is refused with what would make sense', (words, says) => {
  const ask = () => wishOf(words.split(' '))
  expect(ask).toThrow(SetupProblem)
  expect(ask).toThrow(says)
})
