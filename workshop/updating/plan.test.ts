import { expect, test } from 'vitest'
import { exercise } from './fixture.ts'
import type { Contents } from './files.ts'
import { planOf } from './plan.ts'

const files = (given: Readonly<Record<string, string>>): Contents =>
  new Map(Object.entries(given).map(([path, text]) => [path, Buffer.from(text)]))

const one = exercise('01-clicks', 'Two clicks')
const orders = 'exercises/01-clicks/orders.ts'

test.each([
  ['nothing changed', one, one, one, []],
  ['only the start changed', one, { ...one, [orders]: 'new' }, one, ['replaced']],
  ['only the attendee changed it', one, one, { ...one, [orders]: 'mine' }, ['kept']],
  [
    'both changed the same file',
    one,
    { ...one, [orders]: 'new' },
    { ...one, [orders]: 'mine' },
    ['kept-changed'],
  ],
  [
    'both made the same change',
    one,
    { ...one, [orders]: 'new' },
    { ...one, [orders]: 'new\r\n'.trim() },
    ['replaced'],
  ],
  [
    'they changed different files',
    one,
    { ...one, 'exercises/01-clicks/README.md': 'new' },
    { ...one, [orders]: 'mine' },
    ['kept'],
  ],
  [
    'the attendee only has notes of their own',
    one,
    { ...one, [orders]: 'new' },
    { ...one, 'exercises/01-clicks/notes.md': 'mine' },
    ['replaced'],
  ],
  ['an exercise came', one, { ...one, ...exercise('02-new', 'New') }, one, ['new']],
  ['the exercise went', one, {}, one, ['removed']],
  ['it got another number', one, exercise('07-clicks', 'Two clicks'), one, ['replaced']],
])('%s', (_name, old, fresh, here, kinds) => {
  const plan = planOf({ old: files(old), fresh: files(fresh), here: files(here) })
  expect(plan.exercises.map(({ kind }) => kind)).toEqual(kinds)
})

test('a folder of the attendee’s own is nobody’s exercise', () => {
  const mine = files({ ...one, ...exercise('99-mine', 'Mine') })
  const plan = planOf({ old: files(one), fresh: files(one), here: mine })
  expect(plan.exercises).toEqual([])
  expect(plan.placeOf('exercises/99-mine/orders.ts')).toBe('exercises/99-mine/orders.ts')
})

test('an exercise moves along with its words, unless its new folder is taken', () => {
  const [old, fresh] = [files(one), files(exercise('07-clicks', 'Two clicks'))]
  const plan = planOf({ old, fresh, here: files(one) })
  expect(plan.placeOf(orders)).toBe('exercises/07-clicks/orders.ts')
  const taken = files({ ...one, 'exercises/07-clicks/mine.ts': 'mine' })
  expect(planOf({ old, fresh, here: taken }).placeOf(orders)).toBeUndefined()
})
