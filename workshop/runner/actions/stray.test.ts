import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { solved } from '../../progress/testing/clone.ts'
import { Bench } from '../testing/bench.ts'
import { moveStray, tellStray } from './stray.ts'

const edited = 'solutions/13-outbox/orders.ts'

// A build machine edits nothing by mistake.
beforeEach(() => {
  vi.stubEnv('CI', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

test('an edit of the solution is told once, and again after it was moved', async () => {
  await using bench = await Bench.make()
  const { clone, desk } = bench
  await clone.putAt(edited, 'my edit')
  await tellStray(desk)
  await tellStray(desk)
  expect(bench.told).toEqual([
    { kind: 'stray', file: edited, belongs: 'exercises/13-outbox/orders.ts' },
  ])
  await moveStray(desk)
  await clone.putAt(edited, 'another edit')
  await tellStray(desk)
  expect(bench.kinds).toEqual(['stray', 'written', 'stray'])
})

test('moved, it stands in the exercise, and the solution is as it came', async () => {
  await using bench = await Bench.make()
  const { clone, desk, exercises } = bench
  await clone.put('orders.ts', 'mine')
  await clone.putAt(edited, 'my edit')
  // Wherever the reader is by now.
  await desk.goTo(exercises[1])
  await moveStray(desk)
  expect(bench.last('written')).toMatchObject({
    exercise: { number: '13' },
    what: 'moved',
    files: ['orders.ts'],
  })
  expect(await clone.read('orders.ts')).toBe('my edit')
  expect(await bench.read(edited)).toBe(solved['orders.ts'])
  expect(await clone.everything()).toContain('mine')
})

test('where there is no edit, it says so', async () => {
  await using bench = await Bench.make()
  await tellStray(bench.desk)
  expect(bench.told).toEqual([])
  await moveStray(bench.desk)
  expect(bench.notices).toEqual(['No file in solutions/ was edited.'])
})
