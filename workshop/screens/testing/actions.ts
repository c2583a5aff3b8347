// What actions tell, each in every way in which it can look. For tests only.

import type { EventOf, RunnerEvent } from '../../runner/events.ts'
import { exercise } from './results.ts'

/** Events of one kind, by what is special about them. */
export type Variants<Kind extends RunnerEvent['kind']> = Readonly<Record<string, EventOf<Kind>>>

const last: EventOf<'hint'> = {
  kind: 'hint',
  exercise,
  number: 3,
  of: 3,
  title: 'A sketch',
  text: 'An order is a list today. Treat it as a set: look whether the item\nis a member before anything else, and do nothing where it is.\n\nThe page says more.',
  isRepeated: false,
}

export const hint: Variants<'hint'> = {
  'the first': {
    ...last,
    number: 1,
    title: 'Where to look',
    text: 'Your handler reads the order before it changes it. What the first copy did stands in there.',
  },
  'the last': last,
  'the last, again': { ...last, isRepeated: true },
}

export const difference: Variants<'difference'> = {
  some: {
    kind: 'difference',
    exercise,
    files: [
      {
        file: 'orders.ts',
        lines: [
          '--- orders.ts, yours',
          '+++ the solution',
          '@@ -6,4 +6,4 @@',
          '   const order = await store.load(body.orderId, emptyOrder)',
          '-  // This command may arrive more than once. One porsche is enough.',
          '+  if (order.value.items.includes(body.item)) return',
          '   await publish(ItemAdded(body))',
        ],
      },
      { file: 'duplicates.ts', lines: [] },
    ],
    added: 1,
    removed: 1,
  },
  none: {
    kind: 'difference',
    exercise,
    files: [{ file: 'orders.ts', lines: [] }],
    added: 0,
    removed: 0,
  },
  'with long lines': {
    kind: 'difference',
    exercise,
    files: [
      {
        file: 'orders.ts',
        lines: [
          '--- orders.ts, yours',
          '+++ the solution',
          '@@ -4,3 +4,3 @@',
          ' export const addItem = handler(AddItem, async ({ body }, { store, publish, ids }) => {',
          '-  await store.save(body.orderId, withItem(order.value, body.item), order.version)',
          `+  const key = '${'order-'.repeat(20)}1'`,
        ],
      },
    ],
    added: 1,
    removed: 2_000,
  },
}

const whyClosed = (runs: string): string =>
  `The solution opens once the exercise is green, or after ${runs}; --anyway opens it.`

export const closed: Variants<'closed'> = {
  'before anything was tried': { kind: 'closed', exercise, why: whyClosed('3 more red runs') },
  'after two red runs': { kind: 'closed', exercise, why: whyClosed('1 more red run') },
}

export const solution: Variants<'solution'> = {
  'with a line that is longer than the screen': {
    kind: 'solution',
    exercise,
    page: 'solutions/03-idempotent-business-logic/README.md',
    files: [
      {
        file: 'orders.ts',
        text: `import { handler } from '@workshop/shared/pipeline'

/** Puts an item into an order, and says so. */
export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await publish(ItemAdded(body))
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})
`,
      },
    ],
  },
}

const kept = '.workshop/attempts/03-idempotent-business-logic/2026-11-21_14-08-33'

const wrote = (what: EventOf<'written'>['what']): EventOf<'written'> => ({
  kind: 'written',
  exercise,
  what,
  files: ['orders.ts'],
  left: [],
  kept,
})

/** Each way of writing. One that is missing is an error of the compiler. */
const eachWritten: Readonly<Record<EventOf<'written'>['what'], EventOf<'written'>>> = {
  reset: { ...wrote('reset'), left: ['notes.md', 'orders-tried.ts'] },
  'solution taken': { ...wrote('solution taken'), files: ['failing-saves.ts', 'orders.ts'] },
  undone: wrote('undone'),
  'missing files brought back': {
    kind: 'written',
    exercise,
    what: 'missing files brought back',
    files: ['orders.test.ts'],
    left: ['orders.ts'],
  },
  moved: wrote('moved'),
}

export const written: Variants<'written'> = {
  ...eachWritten,
  'nothing, as there was nothing to reset': {
    kind: 'written',
    exercise,
    what: 'reset',
    files: [],
    left: ['notes.md'],
  },
}

const row = (
  number: string,
  title: string,
  more: Partial<EventOf<'list'>['exercises'][number]>,
) => ({
  number,
  folder: `${number}-${title.toLowerCase().replaceAll(' ', '-')}`,
  title,
  minutes: 15,
  edit: [],
  part: 2,
  status: 'open' as const,
  isCurrent: false,
  isChanged: false,
  ...more,
})

export const list: EventOf<'list'> = {
  kind: 'list',
  exercises: [
    row('01', 'Two clicks', { part: 1, status: 'done', isChanged: true }),
    row('02', 'Sync to async', { part: 1, status: 'skipped', minutes: 30 }),
    row('03', 'Idempotent business logic', { isCurrent: true, isChanged: true }),
    row('04', 'Simulate duplication', { minutes: 5 }),
    row('05', 'Simulate database problems, and one more', { isChanged: true }),
    row('06', 'Simulate broker problems', { status: 'done' }),
    row('15', 'An exercise of a part without a name', { part: 9, status: 'done', isCurrent: true }),
  ],
}
