import { expect, test } from 'vitest'
import { readOneExercise } from '../catalogue/exercise.ts'
import { filesBelow, readPristine } from '../catalogue/pristine.ts'
import type { TestOutcome } from '../checking/tests.ts'
import { SetupProblem } from '../command.ts'
import { root } from '../root.ts'
import { failureLines, failureOf, largeFailure, toldBy, wrongAnswerOf } from './failure.ts'

const exercise = await readOneExercise(await readPristine({ worktree: true }), ['03'])
const believer = { name: 'sure', believed: 'it is fine', code: 'LOST_MESSAGE' } as const

const outcome = (more: Partial<TestOutcome>): TestOutcome => ({
  file: 'orders.test.ts',
  name: 'a test',
  ok: false,
  code: 'LOST_MESSAGE',
  message: 'LOST_MESSAGE: expected one, got none\n\n   1 │\n  ┏━┓\n\nSee it step by step:\n  npx',
  ms: 1,
  explored: [],
  leftOut: [],
  ...more,
})

test('without its name, or with one that is none, the wrong answers are listed', () => {
  for (const name of ['', 'nonsense']) {
    const call = (): unknown => wrongAnswerOf(exercise, name)
    expect(call).toThrow(SetupProblem)
    for (const { name: known } of exercise.wrong) expect(call).toThrow(`\n  ${known}`)
  }
})

test('the test that fails as declared is shown, with its picture and nothing below it', () => {
  const other = outcome({ code: 'STUCK', message: 'STUCK: expected an end, got none' })
  const failure = toldBy([outcome({ ok: true }), other, outcome({})], believer)
  expect(failure).toMatchObject({ ok: true, code: 'LOST_MESSAGE' })
  expect(failureLines(failure, 60)).toEqual([
    'Believed: "it is fine"',
    '',
    'LOST_MESSAGE: expected one, got none',
    '',
    '   1 │',
    '  ┏━┓',
  ])
})

test('an answer that fails otherwise, or not at all, is no demonstration', () => {
  const other = outcome({ code: 'STUCK', message: 'STUCK: expected an end, got none' })
  expect(toldBy([other], believer)).toMatchObject({
    ok: false,
    code: 'STUCK',
    sentence: 'expected LOST_MESSAGE, got STUCK: expected an end, got none',
  })
  expect(toldBy([outcome({ ok: true })], believer)).toMatchObject({
    ok: false,
    sentence: 'expected it to fail with LOST_MESSAGE, got 1 green tests',
  })
})

test('a wrong answer fails in a scratch copy, and no file of an attendee is touched', async () => {
  const before = await filesBelow(root, 'exercises')
  const failure = await failureOf(exercise, wrongAnswerOf(exercise, 'remembers-in-memory'), 60)
  expect(failure.ok).toBe(true)
  expect(failure.code).toBe(wrongAnswerOf(exercise, 'remembers-in-memory').code)
  expect(failure.picture.at(-1)).toContain('━┛')
  for (const lines of [largeFailure(failure), failureLines(failure, 60)]) {
    expect(lines.join('\n')).toContain(failure.believed.split(' ')[0])
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60)
  }
  expect(await filesBelow(root, 'exercises')).toEqual(before)
})

test('shown large, the code stands at the end in big letters', () => {
  const lines = largeFailure(toldBy([outcome({})], believer))
  expect(lines.slice(-5).every((line) => /^[# ]+$/.test(line))).toBe(true)
  expect(lines.join('\n')).not.toContain('npx')
})
