import { expect, test } from 'vitest'
import type { Exercise } from '../catalogue/exercise.ts'
import { readExercises } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import type { Attempt } from '../progress/attempts.ts'
import { type ExerciseProgress, noProgress, withExercise } from '../progress/state.ts'
import { allCodes, learnedOf } from './learned.ts'

const readme = `# 13 Outbox

## Done when

- each gift is announced
  once;
- no list is left.

## What comes next

More.
`
const solution = `# 13 Outbox: the solution

## What it does not promise

- **That it is sent soon.** The next copy
  sends it.
- \`right/other\` is fine, too.
- **An end.** See [18](../18-store/README.md).

A paragraph.
`

const exercise = (folder: string, page = solution): Exercise => ({
  folder,
  number: folder.slice(0, 2),
  front: { title: 'T', part: 2, minutes: 15, edit: [], after: 'nothing', differs: [], red: [] },
  start: new Map([['README.md', readme]]),
  solutionFolder: new Map([['README.md', page]]),
  solution: new Map(),
  wrong: [],
  right: [],
})

const one = (change: Partial<ExerciseProgress>, page?: string) => {
  const progress = withExercise(noProgress, 'outbox', (before) => ({ ...before, ...change }))
  const [learned] = learnedOf([exercise('13-outbox', page)], progress, [])
  return learned
}

test('of what is done it says what holds, and what is not promised, in the words of its pages', () => {
  expect(one({ status: 'done' })).toMatchObject({
    holds: ['Each gift is announced once.', 'No list is left.'],
    open: [
      '**That it is sent soon.** The next copy sends it.',
      '**An end.** See [18](../18-store/README.md).',
    ],
  })
})

test('where a page has no points, its first paragraph says what is not promised', () => {
  const page = '# T\n\n## What it does not promise\n\n**The trap\nis set.** Really.\n\nMore.\n'
  expect(one({ status: 'done' }, page)?.open).toEqual(['**The trap is set.** Really.'])
  expect(one({ status: 'done' }, '# T\n')?.open).toEqual([])
})

test.each(['open', 'skipped'] as const)('of what is %s it gives nothing away', (status) => {
  const learned = one({ status, solution: 'seen', runs: 3, codes: ['STUCK'] })
  expect(learned).toMatchObject({ status, runs: 3, holds: [], open: [] })
  expect(learned?.codes.map(({ code }) => code)).toEqual(['STUCK'])
})

test('codes come with their meaning, and what is no code of ours is left out', () => {
  expect(one({ codes: ['STUCK', 'ODD_CODE', 'constructor'] })?.codes).toEqual([
    { code: 'STUCK', meaning: 'a message was neither handled nor dead-lettered within the bound' },
  ])
  // Progress that was written before codes were kept knows the last one.
  expect(one({ failure: 'ORDER: it is in order' })?.codes).toMatchObject([{ code: 'ORDER' }])
  expect(one({ failure: 'TypeError: it is in order' })?.codes).toEqual([])
})

test('attempts belong to an exercise by its slug, whatever number it had', () => {
  const attempt = (folder: string): Attempt => ({
    path: `/a/${folder}`,
    exercise: folder,
    why: 'reset',
    at: '2026-11-21T14:08:33.000Z',
    files: [],
    missing: [],
    writes: [],
  })
  const attempts = [attempt('12-outbox'), attempt('14-generic-outbox')]
  const [outbox] = learnedOf([exercise('13-outbox')], noProgress, attempts)
  expect(outbox?.attempts).toEqual(attempts.slice(0, 1))
})

test('a code that was met twice is listed once', () => {
  const met = { code: 'STUCK', meaning: 'm' }
  const learned = one({})
  if (!learned) throw new Error('expected an exercise')
  const twice = [learned, learned].map((each) => ({ ...each, codes: [met] }))
  expect(allCodes(twice)).toEqual([met])
})

test('every exercise that exists has something that holds, and something that is open', async () => {
  const exercises = await readExercises(await readPristine({ worktree: true }))
  const progress = exercises.reduce(
    (before, { folder }) =>
      withExercise(before, folder.slice(3), (each) => ({ ...each, status: 'done' })),
    noProgress,
  )
  for (const { folder, holds, open } of learnedOf(exercises, progress, [])) {
    expect(holds.length, folder).toBeGreaterThan(1)
    expect(open.length, folder).toBeGreaterThan(0)
  }
})
