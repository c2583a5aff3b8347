import { expect, test } from 'vitest'
import { Bench } from '../testing/bench.ts'
import { goOn, goTo, skip } from './go.ts'

const doneAt = '2026-11-21T14:02:11.000Z'

test('an exercise that is taken up is the one that is open from then on', async () => {
  await using bench = await Bench.make()
  const { desk, exercises } = bench
  await goTo(desk, exercises[1])
  expect(bench.last('went').exercise).toMatchObject({ number: '14', title: 'Generic outbox' })
  expect((await bench.file.read()).progress.current).toBe('generic-outbox')
  expect(desk.seen).toBeUndefined()
})

test('on goes to the next one that is open, and from the last one back to the first', async () => {
  await using bench = await Bench.make()
  expect(await goOn(bench.desk)).toBe(true)
  expect(bench.desk.exercise.number).toBe('14')
  expect(await goOn(bench.desk)).toBe(true)
  expect(bench.desk.exercise.number).toBe('13')
})

test('what is skipped is left as it is, and not gone back to', async () => {
  await using bench = await Bench.make()
  const files = await bench.clone.files()
  expect(await skip(bench.desk)).toBe(true)
  expect(bench.kinds).toEqual(['skipped', 'went'])
  expect((await bench.file.read()).progress.exercises['outbox']).toMatchObject({
    status: 'skipped',
  })
  expect(await bench.clone.files()).toEqual(files)
  expect(await skip(bench.desk)).toBe(false)
  expect(bench.last('finished')).toMatchObject({ done: 0, skipped: 2 })
  expect(bench.desk.exercise.number).toBe('14')
})

test('what is done stays done, whoever skips it', async () => {
  await using bench = await Bench.make()
  await bench.desk.note((before) => ({ ...before, status: 'done', doneAt }))
  await skip(bench.desk)
  expect((await bench.file.read()).progress.exercises['outbox']).toMatchObject({ status: 'done' })
})

test('after the last one that was open, all is finished', async () => {
  await using bench = await Bench.make()
  const done = { status: 'done', doneAt } as const
  await bench.desk.note((before) => ({ ...before, ...done }))
  await goTo(bench.desk, bench.exercises[1])
  await bench.desk.note((before) => ({ ...before, ...done }))
  expect(await goOn(bench.desk)).toBe(false)
  expect(bench.last('finished')).toMatchObject({ done: 2, skipped: 0 })
})
