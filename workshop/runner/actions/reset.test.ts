import { expect, test } from 'vitest'
import { asItCame } from '../../progress/testing/clone.ts'
import { Bench, page } from '../testing/bench.ts'
import { bringBack, reset, undoLast } from './reset.ts'

const start = { ...asItCame, 'README.md': page }

test('a reset tells what it wrote, what it left and where the work is kept', async () => {
  await using bench = await Bench.make()
  const { clone, desk } = bench
  await clone.put('orders.ts', 'mine')
  await clone.put('notes.md', 'my notes')
  await reset(desk)
  expect(bench.last('written')).toMatchObject({
    exercise: { number: '13' },
    what: 'reset',
    files: ['orders.ts'],
    left: ['notes.md'],
    kept: '.workshop/attempts/13-outbox/2026-11-21_14-08-33',
  })
  expect(await clone.files()).toEqual({ ...start, 'notes.md': 'my notes' })
  const { kept = '' } = bench.last('written')
  expect(await bench.read(`${kept}/files/orders.ts`)).toBe('mine')
})

test('after a reset failures are counted anew, and the solution is closed again', async () => {
  await using bench = await Bench.make()
  await bench.desk.note((before) => ({ ...before, redInARow: 3, sameFailures: 3, hints: 1 }))
  await reset(bench.desk)
  expect((await bench.file.read()).progress.exercises['outbox']).toMatchObject({
    redInARow: 0,
    sameFailures: 0,
    hints: 1,
  })
})

test('where nothing was changed, nothing is written or kept', async () => {
  await using bench = await Bench.make()
  await reset(bench.desk)
  expect(bench.last('written')).toMatchObject({ files: [] })
  expect(bench.last('written')).not.toHaveProperty('kept')
})

test('only what is missing is brought back', async () => {
  await using bench = await Bench.make()
  const { clone, desk } = bench
  await clone.put('orders.ts', 'mine')
  await clone.delete('orders.test.ts')
  await bringBack(desk)
  expect(bench.last('written')).toMatchObject({
    what: 'missing files brought back',
    files: ['orders.test.ts'],
    left: ['orders.ts'],
  })
  expect(await clone.files()).toEqual({ ...start, 'orders.ts': 'mine' })
})

test('an undo brings back the work, and tells it of the exercise that it is in', async () => {
  await using bench = await Bench.make()
  const { clone, desk, exercises } = bench
  await clone.put('orders.ts', 'mine')
  await reset(desk)
  await desk.goTo(exercises[1])
  await undoLast(desk)
  expect(bench.last('written')).toMatchObject({
    exercise: { number: '13' },
    what: 'undone',
    files: ['orders.ts'],
  })
  expect(await clone.read('orders.ts')).toBe('mine')
})

test('where nothing was written there is nothing to undo', async () => {
  await using bench = await Bench.make()
  await undoLast(bench.desk)
  expect(bench.notices).toEqual(['There is nothing to undo.'])
})
