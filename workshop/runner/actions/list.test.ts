import { expect, test } from 'vitest'
import { Bench, outcome, ran } from '../testing/bench.ts'
import { round } from '../round.ts'
import { list } from './list.ts'
import { trace } from './trace.ts'

test('the list tells how each exercise stands, and which is open and changed', async () => {
  await using bench = await Bench.make()
  const { clone, desk, exercises } = bench
  await clone.put('orders.ts', 'mine')
  await desk.note((before) => ({ ...before, status: 'skipped' }))
  await desk.goTo(exercises[1])
  await list(desk)
  expect(bench.last('list').exercises).toMatchObject([
    { number: '13', part: 5, status: 'skipped', isCurrent: false, isChanged: true },
    { number: '14', part: 5, status: 'open', isCurrent: true, isChanged: false },
  ])
})

test('line ends, and files of the reader, are no change of an exercise', async () => {
  await using bench = await Bench.make()
  const { clone, desk } = bench
  await clone.put('orders.ts', 'export const orders = 1\r\n')
  await clone.put('notes.md', 'mine')
  await list(desk)
  expect(bench.last('list').exercises[0]).toMatchObject({ isChanged: false })
})

test('without a failure that has a schedule there is nothing to show step by step', async () => {
  await using bench = await Bench.make()
  await trace(bench.desk)
  const failing = ran(outcome('it holds', 'TypeError'))
  await round(bench.desk, {
    why: 'asked',
    resident: { run: () => Promise.resolve(failing) },
    signal: new AbortController().signal,
    typesIn: () => Promise.resolve([]),
  })
  await trace(bench.desk)
  expect(bench.notices).toHaveLength(2)
  expect(bench.notices[0]).toMatch(/no schedule to show/)
})
