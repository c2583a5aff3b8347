import { expect, test } from 'vitest'
import type { ExerciseProgress } from '../../progress/state.ts'
import { Bench } from '../testing/bench.ts'
import { isOpen, isUnlocked } from './lock.ts'

const asked = { anyway: false }

test.each<[string, Partial<ExerciseProgress>]>([
  ['green', { status: 'done', doneAt: '2026-11-21T14:02:11.000Z' }],
  ['three red runs in a row', { redInARow: 3 }],
  ['more than three', { redInARow: 4 }],
  ['somebody who has seen it', { solution: 'seen' }],
  ['somebody who has taken it', { solution: 'taken' }],
])('%s opens the solution', async (_name, known) => {
  await using bench = await Bench.make()
  await bench.desk.note((before) => ({ ...before, ...known }))
  expect(isOpen(bench.desk)).toBe(true)
  expect(isUnlocked(bench.desk, asked)).toBe(true)
  expect(bench.told).toEqual([])
})

test.each([
  [0, '3 more red runs'],
  [1, '2 more red runs'],
  [2, '1 more red run;'],
])('after %i red runs it stays closed, and what opens it is told', async (redInARow, left) => {
  await using bench = await Bench.make()
  await bench.desk.note((before) => ({ ...before, redInARow, runs: 9 }))
  expect(isOpen(bench.desk)).toBe(false)
  expect(isUnlocked(bench.desk, asked)).toBe(false)
  expect(bench.last('closed').why).toContain(left)
})

test('whoever asks for it anyway gets it, and is not told of a lock', async () => {
  await using bench = await Bench.make()
  expect(isUnlocked(bench.desk, { anyway: true })).toBe(true)
  expect(bench.told).toEqual([])
})
