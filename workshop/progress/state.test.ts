import { expect, test } from 'vitest'
import { afterRun, noProgress, progressOf, slugOf, withExercise, withSaid } from './state.ts'

const untouched = progressOf(noProgress, 'outbox')
const red = { at: '2026-11-21T13:00:00.000Z', verdict: 'red', passed: 2, of: 5 } as const
const green = { ...red, verdict: 'green', passed: 5 } as const

test('an exercise goes by its slug, whatever its number', () => {
  expect(slugOf('13-outbox')).toBe('outbox')
  expect(slugOf('14-outbox')).toBe('outbox')
  expect(slugOf('outbox')).toBe('outbox')
})

test('an exercise that was never opened is open, even one with a name of objects', () => {
  expect(untouched).toEqual({ status: 'open', runs: 0, redInARow: 0, sameFailures: 0, hints: 0 })
  expect(progressOf(noProgress, 'constructor')).toEqual(untouched)
})

test('the same failure is counted until another comes, and until green', () => {
  const first = afterRun(untouched, red, 'LOST_MESSAGE a')
  expect(first).toMatchObject({ runs: 1, redInARow: 1, sameFailures: 1, lastRun: red })
  const second = afterRun(first, red, 'LOST_MESSAGE a')
  expect(second).toMatchObject({ redInARow: 2, sameFailures: 2, failure: 'LOST_MESSAGE a' })
  const third = afterRun(second, red, 'GHOST_MESSAGE b')
  expect(third).toMatchObject({ redInARow: 3, sameFailures: 1, failure: 'GHOST_MESSAGE b' })
  const fourth = afterRun(third, green)
  expect(fourth).toMatchObject({ status: 'done', runs: 4, redInARow: 0, sameFailures: 0 })
  expect(fourth.failure).toBeUndefined()
})

test('the codes that were met are kept, each once, and nothing that is no code', () => {
  const met = [
    'LOST_MESSAGE: a bell is announced',
    'STUCK: it ends',
    'LOST_MESSAGE: a candle is announced',
    'TypeError: it ends',
    'TS2345: orders.ts',
  ].reduce((before, failure) => afterRun(before, red, failure), untouched)
  expect(met.codes).toEqual(['LOST_MESSAGE', 'STUCK'])
  expect(afterRun(met, green).codes).toEqual(['LOST_MESSAGE', 'STUCK'])
})

test('an exercise once done stays done, since its first green', () => {
  const done = afterRun(untouched, green)
  const later = afterRun(done, { ...red, at: '2026-11-21T14:00:00.000Z' }, 'LOST_MESSAGE a')
  expect(later).toMatchObject({ status: 'done', doneAt: green.at, redInARow: 1 })
  const again = afterRun(later, { ...green, at: '2026-11-21T15:00:00.000Z' })
  expect(again.doneAt).toBe(green.at)
})

test('a notice that is given once is noted once', () => {
  const said = withSaid(withSaid(noProgress, 'solutions'), 'solutions')
  expect(said.said).toEqual(['solutions'])
})

test('a change of one exercise leaves the others alone', () => {
  const two = withExercise(noProgress, 'outbox', (one) => ({ ...one, hints: 1 }))
  const both = withExercise(two, 'inbox', (one) => ({ ...one, status: 'skipped' }))
  expect(both.exercises).toMatchObject({ outbox: { hints: 1 }, inbox: { status: 'skipped' } })
})
