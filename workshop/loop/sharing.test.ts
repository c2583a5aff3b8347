import { expect, test } from 'vitest'
import type { TestOutcome } from '../checking/tests.ts'
import { longest, partsOf, secondShare, together } from './sharing.ts'

const outcome = (file: string, name: string, more: Partial<TestOutcome> = {}): TestOutcome => ({
  file,
  name,
  ok: true,
  code: undefined,
  message: undefined,
  ms: 0,
  explored: [],
  leftOut: [],
  ...more,
})

const took = (...each: readonly number[]): readonly TestOutcome[] =>
  each.map((ms, index) => outcome('orders.test.ts', `test ${index}`, { ms }))

const names = (outcomes: readonly Pick<TestOutcome, 'name'>[]): readonly string[] =>
  outcomes.map(({ name }) => name)

test('both threads have about as much to do, and the longest stays in the first', () => {
  expect(names(secondShare(took(22, 653, 17, 89, 191)))).toEqual([
    'test 4',
    'test 3',
    'test 0',
    'test 2',
  ])
  expect(names(secondShare(took(300, 310, 100, 90)))).toEqual(['test 0', 'test 2'])
})

test('what failed at once is known to take longer once it holds; what is gone is forgotten', () => {
  const green = took(20, 600, 300)
  const red = [...took(20, 3).slice(0, 2), outcome('orders.test.ts', 'new', { ms: 7 })]
  expect(longest(green, red).map(({ name, ms }) => [name, ms])).toEqual([
    ['test 0', 20],
    ['test 1', 600],
    ['new', 7],
  ])
})

test('what is quick, or one test alone, is not shared out', () => {
  expect(secondShare(took(30, 40, 20))).toEqual([])
  expect(secondShare(took(4_000, 50))).toEqual([])
  expect(secondShare(took(4_000))).toEqual([])
  expect(secondShare([])).toEqual([])
})

test('each test is in one part, whatever is in its name, and a new one is in the first', () => {
  const share = [
    { file: 'a.test.ts', name: 'one (and only) porsche?' },
    { file: 'a.test.ts', name: '100 % [sure] $1 a|b \\d' },
    { file: 'b.test.ts', name: 'two\nlines' },
  ]
  const { first, second } = partsOf(share)
  const runs = (part: typeof first, file: string, name: string): boolean => {
    const asked = part(file)
    return asked === 'all' || (asked !== 'none' && asked.test(name))
  }
  const all = [
    ...share,
    { file: 'a.test.ts', name: 'new' },
    { file: 'a.test.ts', name: 'one (and only) porsche? no' },
    { file: 'b.test.ts', name: 'one (and only) porsche?' },
    { file: 'c.test.ts', name: 'elsewhere' },
  ]
  for (const { file, name } of all) {
    // Vitest puts the names of suites before that of the test.
    for (const full of [name, `a suite ${name}`]) {
      const inSecond = share.some((one) => one.file === file && one.name === name)
      expect([runs(first, file, full), runs(second, file, full)], full).toEqual([
        !inSecond,
        inSecond,
      ])
    }
  }
  expect(second('c.test.ts')).toBe('none')
})

test('outcomes are put together in the order of the file; nothing is told twice or forgotten', () => {
  const skipped = { ok: false, code: 'skipped' }
  const red = { ok: false, code: 'LOST_MESSAGE' }
  const first = [
    outcome('a.test.ts', 'one'),
    outcome('a.test.ts', 'two', skipped),
    outcome('a.test.ts', 'left out by its author', skipped),
    outcome('b.test.ts', 'two', skipped),
  ]
  const second = [
    outcome('a.test.ts', 'one', skipped),
    outcome('a.test.ts', 'two', red),
    outcome('a.test.ts', 'left out by its author', skipped),
    outcome('', 'the file', { ok: false, code: 'TIMEOUT' }),
  ]
  expect(together(first, second).map(({ file, name, code }) => [file, name, code])).toEqual([
    ['a.test.ts', 'one', undefined],
    ['a.test.ts', 'two', 'LOST_MESSAGE'],
    ['a.test.ts', 'left out by its author', 'skipped'],
    ['b.test.ts', 'two', 'skipped'],
    ['', 'the file', 'TIMEOUT'],
  ])
})
