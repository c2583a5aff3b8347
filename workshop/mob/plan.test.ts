import { expect, test } from 'vitest'
import { SetupProblem } from '../command.ts'
import { mobPlan } from './plan.ts'

const call = { drivers: 'ann,ben', minutes: '7', rounds: undefined }

test('names are what stands between commas, in any script, without blanks around them', () => {
  const { drivers, turnMs, turns } = mobPlan({ ...call, drivers: ' Žofie , 李雷,🦊  Ana ' })
  expect(drivers).toEqual(['Žofie', '李雷', '🦊 Ana'])
  expect(turnMs).toBe(7 * 60_000)
  expect(turns).toBeUndefined()
})

test('names that are written alike in Unicode are the same name', () => {
  const drivers = 'Ren\u00e9,Rene\u0301'
  expect(() => mobPlan({ ...call, drivers })).toThrow('"René" twice')
})

test('no name and no goal moves the cursor of a terminal', () => {
  const plan = mobPlan({ ...call, drivers: 'an\u001b[2Jn,b\nen', goal: ' a\r\u0007goal ' })
  expect(plan.drivers).toEqual(['an [2Jn', 'b en'])
  expect(plan.goal).toBe('a goal')
})

test('a round is one turn of everybody', () => {
  expect(mobPlan({ ...call, drivers: 'a,b,c', rounds: '4' }).turns).toBe(12)
})

test.each([
  ['no drivers', { drivers: undefined }, 'got none'],
  ['blank drivers', { drivers: ' , ' }, 'got none'],
  ['an empty name', { drivers: 'ann,,ben' }, 'an empty name in "ann,,ben"'],
  ['one driver', { drivers: 'ann' }, '"ann" alone'],
  ['the same driver twice', { drivers: 'ann,ben,ann' }, '"ann" twice'],
  ['a crowd', { drivers: Array.from({ length: 21 }, (_, at) => `d${at}`).join(',') }, 'got 21'],
  ['a very long name', { drivers: `ann,${'b'.repeat(41)}` }, 'a name of 41 characters'],
  ['no minutes', { minutes: undefined }, 'expected --minutes and a whole number from 1 to 60'],
  ['0 minutes', { minutes: '0' }, 'got "0"'],
  ['61 minutes', { minutes: '61' }, 'got "61"'],
  ['half a minute', { minutes: '0.5' }, 'got "0.5"'],
  ['minutes in words', { minutes: 'seven' }, 'got "seven"'],
  ['0 rounds', { rounds: '0' }, 'expected --rounds and a whole number from 1 to 100'],
])('%s: a problem of the call, with an example', (_name, more, says) => {
  const attempt = (): unknown => mobPlan({ ...call, ...more })
  expect(attempt).toThrow(SetupProblem)
  expect(attempt).toThrow(says)
  expect(attempt).toThrow('mob --drivers ann,ben,cy --minutes 7')
})
