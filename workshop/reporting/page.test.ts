import { access } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readExercises } from '../catalogue/exercise.ts'
import { readPristine } from '../catalogue/pristine.ts'
import { noProgress, type Progress } from '../progress/state.ts'
import { root } from '../root.ts'
import { type Learned, learnedOf } from './learned.ts'
import { pageOf } from './page.ts'

// In the time of whoever runs this, as on the page.
const at = new Date(2026, 10, 21, 14, 8, 33)

const learned = (change: Partial<Learned> = {}): Learned => ({
  number: '13',
  folder: '13-outbox',
  title: 'Outbox',
  status: 'done',
  runs: 4,
  hints: 1,
  solution: undefined,
  doneAt: at.toISOString(),
  codes: [{ code: 'CONTENT_DIFFERS', meaning: 'two messages with one id differ in content' }],
  holds: ['A message with one id has one content.'],
  open: ['**An end.** See [the store](../../shared/src/store/store.ts) and [below](#end).'],
  attempts: [
    {
      path: join(root, '.workshop', 'attempts', '13-outbox', '2026-11-21_14-08-33'),
      exercise: '13-outbox',
      why: 'first green',
      at: at.toISOString(),
      files: ['orders.ts'],
      missing: [],
      writes: [],
    },
  ],
  ...change,
})

const open = learned({
  number: '14',
  folder: '14-generic-outbox',
  title: 'Generic outbox',
  status: 'open',
  doneAt: undefined,
  runs: 1,
  hints: 0,
  codes: [],
  holds: [],
  open: [],
  attempts: [],
})

const place = { out: join(root, '.workshop', 'report.md'), root, now: at }

const linksIn = (page: string): readonly string[] =>
  [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)

test('the page says of what is done what holds, what is open, and how it went', () => {
  const page = pageOf([learned(), open], place)
  expect(page).toContain('1 of 2 exercises done, in 5 runs with 1 hint.')
  expect(page).toContain(
    '## 13 Outbox\n\nFirst green on 2026-11-21; 4 runs, 1 hint. On the way: `CONTENT_DIFFERS`.',
  )
  expect(page).toContain('Holds now:\n\n- A message with one id has one content.\n')
  expect(page).toContain('Still open:\n\n- **An end.** See')
  expect(page).toContain('- [first green, 2026-11-21 14:08](attempts/13-outbox/')
  expect(page).toContain('| open | 1 | 0 |  |')
  expect(page).toContain('#content_differs): two messages with one id differ in content.')
})

test('whose solution was looked at or taken over, the page says so', () => {
  expect(pageOf([learned({ solution: 'seen' })], place)).toContain('a look at the solution')
  expect(pageOf([learned({ solution: 'taken' })], place)).toContain('the solution taken over')
})

test('what is not done leads to no solution', () => {
  const page = pageOf([open], place)
  expect(linksIn(page)).toEqual(['../exercises/14-generic-outbox/README.md'])
  expect(page).not.toContain('Holds now')
})

describe('links lead from where the page is written to where they led from', () => {
  test.each([
    ['in .workshop', join(root, '.workshop', 'report.md')],
    ['at the top', join(root, 'report.md')],
    ['in a folder with a space and a letter that is not ASCII', join(root, 'my pagés (2)', 'r.md')],
    ['outside of the repository', resolve(root, '..', 'elsewhere', 'r.md')],
  ])('%s', (_, out) => {
    const page = pageOf([learned(), open], { ...place, out })
    const targets = linksIn(page)
      .filter((link) => !link.startsWith('#'))
      .map((link) => resolve(dirname(out), decodeURIComponent(link.split('#')[0] ?? '')))
    for (const path of [
      'exercises/13-outbox/README.md',
      'exercises/14-generic-outbox/README.md',
      'solutions/13-outbox/README.md',
      'shared/src/store/store.ts',
      'lectures/glossary.md',
      '.workshop/attempts/13-outbox/2026-11-21_14-08-33',
    ]) {
      expect(targets).toContain(join(root, path))
    }
    expect(page).toContain('[below](#end)')
  })
})

test('on the page of somebody who has done all there is, every link leads somewhere', async () => {
  const exercises = await readExercises(await readPristine({ worktree: true }))
  const done = { status: 'done', runs: 1, redInARow: 0, sameFailures: 0, hints: 0 } as const
  const progress: Progress = {
    ...noProgress,
    exercises: Object.fromEntries(exercises.map(({ folder }) => [folder.slice(3), done])),
  }
  const page = pageOf(learnedOf(exercises, progress, []), place)
  for (const link of linksIn(page)) {
    await access(resolve(dirname(place.out), link.split('#')[0] ?? ''))
  }
  expect(linksIn(page).length).toBeGreaterThan(exercises.length)
})
