import { expect, test } from 'vitest'
import type { Exercise, Files } from '../catalogue/exercise.ts'
import { chainProblems } from './chain.ts'

type Parts = { folder: string; after?: string; differs?: string[]; start: Files; solution?: Files }

const exercise = ({
  folder,
  after = 'nothing',
  differs = [],
  start,
  solution,
}: Parts): Exercise => ({
  folder,
  number: folder.slice(0, 2),
  front: { title: 't', part: 1, minutes: 5, edit: ['a.ts'], after, differs, red: [] },
  start,
  solution: solution ?? new Map(),
  solutionFolder: new Map(),
  wrong: [],
  right: [],
})

const first = exercise({
  folder: '01-first',
  start: new Map([
    ['README.md', 'one'],
    ['a.ts', 'todo'],
    ['b.ts', 'same'],
    ['a.test.ts', 'old'],
  ]),
  solution: new Map([['a.ts', 'solved']]),
})
const second = (start: Files, after = '01-first') =>
  exercise({ folder: '02-second', after, differs: ['a.test.ts', 'c.ts'], start })

const whole: Files = new Map([
  ['README.md', 'two'],
  ['a.ts', 'solved'],
  ['b.ts', 'same'],
  ['a.test.ts', 'new'],
  ['c.ts', 'new'],
])

test('a start that is its predecessor solved, but for what it names, holds', () => {
  expect(chainProblems(second(whole), [first, second(whole)])).toEqual([])
  expect(chainProblems(first, [first])).toEqual([])
})

test.each([
  ['a changed file', new Map([...whole, ['b.ts', 'other']]), 'exercises/02-second/b.ts'],
  ['an unsolved file', new Map([...whole, ['a.ts', 'todo']]), 'exercises/02-second/a.ts'],
  ['a missing file', new Map([...whole].filter(([path]) => path !== 'b.ts')), 'b.ts as solved'],
  ['an undeclared file', new Map([...whole, ['d.ts', 'new']]), 'expected "differs" to name d.ts'],
])('%s breaks the chain, by its name', (_name, start, says) => {
  const problems = chainProblems(second(start), [first])
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(says)
})

test('a predecessor that does not exist is named', () => {
  expect(chainProblems(second(whole, '00-none'), [first])[0]).toContain('got "00-none"')
})
