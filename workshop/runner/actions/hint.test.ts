import { expect, test } from 'vitest'
import { Bench } from '../testing/bench.ts'
import { hint } from './hint.ts'

test('hints come one after another, and the last one again and again', async () => {
  await using bench = await Bench.make()
  const shown: unknown[] = []
  for (let asked = 1; asked <= 4; asked += 1) {
    await hint(bench.desk)
    const { number, of, title, isRepeated } = bench.last('hint')
    shown.push([number, of, title, isRepeated])
  }
  expect(shown).toEqual([
    [1, 2, 'Where to look', false],
    [2, 2, 'A sketch', false],
    [2, 2, 'A sketch', true],
    [2, 2, 'A sketch', true],
  ])
  expect(bench.last('hint').text).toBe('Save both at once.')
  expect((await bench.file.read()).progress.exercises['outbox']).toMatchObject({ hints: 2 })
})

test('a page without hints says so', async () => {
  await using bench = await Bench.make()
  await bench.desk.goTo(bench.exercises[1])
  await hint(bench.desk)
  expect(bench.notices).toEqual(['This exercise has no hints.'])
})
