import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resumedLines, updatedJson, updatedLines } from './lines.ts'
import type { Updated, UpdatedExercise } from './updated.ts'

const exercise = (
  kind: UpdatedExercise['kind'],
  folder: string,
  more: Partial<UpdatedExercise> = {},
): UpdatedExercise => ({
  kind,
  folder,
  title: folder.slice(3).replaceAll('-', ' '),
  touched: [],
  changed: [],
  diffs: [],
  ...more,
})

const old = 'export const addItem = handler(AddItem, async () => {\n  // TODO\n})\n'
const fresh = old.replace('TODO', 'TODO One porsche is enough, whatever the queue hands out')
const updated: Updated = {
  kind: 'updated',
  name: 'origin/main',
  hasNewDependencies: true,
  elsewhere: ['exercises/04-simulate-duplication/orders.ts'],
  replacedIn: '.workshop/attempts/workshop/2026-11-21T14-08-33-000Z',
  exercises: [
    exercise('replaced', '01-two-clicks', { changed: ['shop.ts'] }),
    exercise('kept', '02-sync-to-async', { touched: ['orders.ts'] }),
    exercise('kept-changed', '03-idempotent-business-logic', {
      touched: ['orders.ts'],
      changed: ['README.md', 'orders.ts'],
      kept: '.workshop/attempts/03-idempotent-business-logic/2026-11-21_14-08-33',
      diffs: [{ file: 'orders.ts', old, fresh }],
    }),
    exercise('kept', '05-simulate-database-problems', {
      touched: ['orders.ts'],
      changed: ['README.md'],
    }),
    exercise('removed', '09-facts-and-attempts', {
      touched: ['orders.ts'],
      kept: '.workshop/attempts/09-facts-and-attempts/2026-11-21_14-08-33',
    }),
    exercise('kept-changed', '12-outbox', {
      was: '13-outbox',
      touched: ['orders.ts'],
      changed: ['orders.ts'],
      diffs: [
        {
          file: 'orders.ts',
          old: '',
          fresh: Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n'),
        },
      ],
    }),
    exercise('new', '15-sagas'),
  ],
}

test.each([80, 60])('the list of what has changed fits into %i columns', async (columns) => {
  const lines = [
    ...updatedLines(updated, { columns }),
    '',
    ...resumedLines({ isDone: false, elsewhere: [] }, { columns }),
  ]
  // A path is one word, and is not broken.
  const words = lines.flatMap((line) => (line.length > columns ? [line.trim()] : []))
  expect(words.filter((word) => word.includes(' '))).toEqual([])
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, 'golden', `updated-${columns}.txt`),
  )
})

test('json has one object for each exercise, and the whole at the end', () => {
  const objects = updatedJson(updated)
  expect(objects).toHaveLength(8)
  expect(objects[2]).toMatchObject({
    kind: 'exercise',
    change: 'kept-changed',
    folder: '03-idempotent-business-logic',
    diffs: [{ file: 'orders.ts', lines: expect.arrayContaining(['-  // TODO']) }],
  })
  expect(objects[7]).toMatchObject({ kind: 'updated', name: 'origin/main' })
})
