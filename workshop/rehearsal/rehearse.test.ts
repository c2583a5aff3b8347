import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOneExercise } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { TestsHang } from '../checking/hang.ts'
import { root } from '../root.ts'
import { rehearsalLines, stepLines } from './lines.ts'
import { rehearse, type Stage, type Step } from './rehearse.ts'
import { itemOf, realStage } from './stage.ts'
import { exercise, outcome, stageOf } from './testing/stage.ts'

const two = [exercise('01', 'Two clicks'), exercise('03', 'Idempotent logic', true)]

async function played(given: Partial<Stage> = {}) {
  const steps: Step[] = []
  const rehearsal = await rehearse(two, stageOf(given), (step) => steps.push(step))
  const last = (width = 80): string => rehearsalLines(rehearsal, two, width).at(-1) ?? ''
  return { rehearsal, steps, last }
}

test('a route is ready when each start is red as it says, each solution green, each demo right', async () => {
  const { rehearsal, steps, last } = await played()
  expect(rehearsal.ok).toBe(true)
  expect(rehearsal.exercises.map(({ start, demo }) => [start.codes, demo?.ok])).toEqual([
    [['DUPLICATE_EFFECT'], undefined],
    [['DUPLICATE_EFFECT'], true],
  ])
  expect(rehearsal.exercises[0]?.start.ms).toBe(100)
  // It tells before and after each, so that nobody looks at a screen that stands still.
  expect(steps.map(({ kind }) => kind)).toEqual(['types', 'playing', 'played', 'playing', 'played'])
  expect(last()).toBe('READY  2 of 2 are as they should be')
})

test.each<[string, Partial<Stage>, string]>([
  ['a start that is green', { play: async () => [outcome()] }, 'start: expected DUPLICATE_EFFECT'],
  [
    'a start that fails with another code',
    { play: async (_, kind) => [outcome(kind === 'start' ? 'STUCK' : undefined)] },
    'start: expected DUPLICATE_EFFECT, got STUCK',
  ],
  ['a solution that is red', { play: async () => [outcome('STUCK')] }, 'solution: expected green'],
  ['an answer without tests', { play: async () => [] }, 'solution: expected at least one test'],
  [
    'a runner that throws',
    { play: () => Promise.reject(new Error('no threads left')) },
    'start: no threads left',
  ],
  [
    'a demonstration that shows nothing',
    { demo: async () => ({ ok: true, sentence: 'one porsche' }) },
    'demo: expected the start to end badly, got "one porsche"',
  ],
  [
    'a demonstration that breaks',
    { demo: async () => ({ ok: false, sentence: 'two porsches' }) },
    'demo: expected the solution to hold, got "two porsches"',
  ],
])('%s is told, and the others are played all the same', async (_, given, says) => {
  const { rehearsal, steps, last } = await played(given)
  expect(rehearsal.ok).toBe(false)
  expect(rehearsal.exercises).toHaveLength(2)
  expect(steps.flatMap((step) => stepLines(step, 200)).join('\n')).toContain(says)
  expect(last(200)).toMatch(/^NOT READY {2}not as it should be: .*03$/)
})

test('what the compiler finds is told, although all tests pass', async () => {
  const { rehearsal, last } = await played({ types: async () => ['orders.ts(1,1): error TS1'] })
  expect(rehearsal.exercises.every(({ ok }) => ok)).toBe(true)
  expect(rehearsal.ok).toBe(false)
  expect(last()).toBe('NOT READY  the compiler has found something')
})

test('tests that do not end are the end, and what was not played is said', async () => {
  const { rehearsal, last } = await played({ play: () => Promise.reject(new TestsHang('no end')) })
  expect(rehearsal.hang?.exercise).toBe('01-two-clicks')
  expect(rehearsal.exercises).toEqual([])
  expect(rehearsal.ok).toBe(false)
  expect(last()).toBe('NOT READY  the tests of 01-two-clicks do not end; not played: 2')
})

test.each([80, 60])('a rehearsal in %i columns', async (width) => {
  const { rehearsal, steps } = await played({
    demo: async () => ({ ok: true, sentence: 'one porsche' }),
  })
  const lines = [
    ...steps.flatMap((step) => stepLines(step, width)),
    '',
    ...rehearsalLines(rehearsal, two, width),
  ]
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, 'golden', `rehearsal-${width}.txt`),
  )
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(width)
})

test('the demonstration is about the item that the page for instructors opens with', () => {
  const item = (box: string) =>
    itemOf({ solutionFolder: new Map([['INSTRUCTOR.md', `\n## Time box\n\n${box}\n`]]) })
  expect(item('2 for the demo (`--item bell`), 8 alone.')).toBe('bell')
  expect(item('2 for the demo on the projector (`--item globe`), 8 alone.')).toBe('globe')
  expect(item('2 for the demo. With `--item globe` it stays red.')).toBe('porsche')
  expect(itemOf({ solutionFolder: new Map() })).toBe('porsche')
})

test('an exercise is rehearsed on this machine, and no file of the reader is touched', async () => {
  const seven = await readOneExercise(await readPristine({ worktree: true }), ['07'])
  const folder = join(root, 'exercises', seven.folder)
  const seen = () =>
    readdirSync(folder).map((file) => {
      const path = join(folder, file)
      return [file, readFileSync(path, 'utf8'), statSync(path).mtimeMs]
    })
  const before = seen()
  await using stage = await realStage([seven])
  const rehearsal = await rehearse([seven], stage, () => undefined)
  expect(
    rehearsal.exercises.flatMap(({ start, solution }) => [start.problems, solution.problems]),
  ).toEqual([[], []])
  expect(rehearsal.ok).toBe(true)
  expect(seen()).toEqual(before)
})
