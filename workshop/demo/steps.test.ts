import { expect, test } from 'vitest'
import { readExercises } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { linesOf } from '../diffing/hunks.ts'
import { filesAfter, stepsOf } from './steps.ts'

const exercises = await readExercises(await readPristine({ worktree: true }))

test.each(exercises)('$folder: all steps together make the solution', (exercise) => {
  const steps = stepsOf(exercise)
  const files = filesAfter(exercise.start, steps, steps.length)
  expect(steps.length).toBeGreaterThan(0)
  for (const [file, text] of exercise.solution) {
    expect(linesOf(files.get(file) ?? '')).toEqual(linesOf(text))
  }
  const others = [...exercise.start].filter(([file]) => !exercise.solution.has(file))
  for (const [file, text] of others) expect(files.get(file)).toBe(text)
})

test.each(exercises)('$folder: each step begins where the one before it ended', (exercise) => {
  const steps = stepsOf(exercise)
  for (const [index, { file, before, after, line }] of steps.entries()) {
    const files = filesAfter(exercise.start, steps, index)
    expect(linesOf(before)).toEqual(linesOf(files.get(file) ?? ''))
    expect(after).not.toBe(before)
    expect(line).toBeLessThanOrEqual(Math.max(1, linesOf(after).length + 1))
  }
})

const of = (start: string | undefined, solution: string): ReturnType<typeof stepsOf> => {
  const [exercise] = exercises
  if (!exercise) throw new Error('expected an exercise, got none')
  const front = { ...exercise.front, edit: ['orders.ts'] }
  const before = new Map(start === undefined ? [] : [['orders.ts', start]])
  return stepsOf({
    ...exercise,
    front,
    start: before,
    solution: new Map([['orders.ts', solution]]),
  })
}

test('an import comes with the first change that needs it, and the line is that of the change', () => {
  const start = "import { a } from 'a'\n\nfirst()\n\nkept()\n\nsecond()\n"
  const solution =
    "import { a } from 'a'\nimport { later } from 'b'\n\nfirst(1)\n\nkept()\n\nsecond(later)\n"
  const [one, two, ...more] = of(start, solution)
  expect(more).toEqual([])
  expect(one?.after).toBe(start.replace('first()', 'first(1)'))
  expect(one?.line).toBe(3)
  expect(two?.after).toBe(solution)
  expect(two?.line).toBe(8)
})

test('a name in an import of several lines is an import too', () => {
  const start = "import {\n  a,\n} from 'a'\n\nfirst()\n\nsecond()\n"
  const solution = "import {\n  a,\n  b,\n} from 'a'\n\nfirst()\n\nsecond(b)\n"
  expect(of(start, solution).map(({ after }) => after)).toEqual([solution])
})

test('an import that nothing needs any more goes with the last change', () => {
  const start = "import { a } from 'a'\nimport { b } from 'b'\n\nfirst(a)\n\nkept()\n\nsecond()\n"
  const solution = "import { b } from 'b'\n\nfirst()\n\nkept()\n\nsecond(b)\n"
  expect(of(start, solution)).toHaveLength(2)
  expect(of(start, solution).at(-1)?.after).toBe(solution)
})

test('imports alone are steps of their own', () => {
  expect(of("import 'a'\n", "import 'a'\nimport 'b'\n")).toHaveLength(1)
})

test('a file that is new comes as a whole', () => {
  expect(of(undefined, 'one()\ntwo()\n')).toEqual([
    { file: 'orders.ts', before: '', after: 'one()\ntwo()\n', line: 1 },
  ])
})
