// An event of each kind, and of each way in which it can look. A kind that is missing here is an
// error of the compiler. For tests only.

import type { ExerciseName, RunnerEvent } from '../../runner/events.ts'
import { helpLines } from '../../terminal/keys.ts'
import { closed, difference, hint, list, solution, type Variants, written } from './actions.ts'
import { duplicateMessage, traceText } from './messages.ts'
import { exercise, failed, results } from './results.ts'

export type Fixtures = {
  readonly [Kind in RunnerEvent['kind']]: Variants<Kind>
}

const next: ExerciseName = {
  number: '04',
  folder: '04-simulate-duplication',
  title: 'Simulate duplication',
  minutes: 15,
  edit: ['exercises/04-simulate-duplication/duplicates.ts'],
}

/** Pictures are drawn for so many columns; the rest does not depend on them. */
export const fixtures = (columns: number): Fixtures => ({
  opened,
  running: { 'after a save': { kind: 'running', exercise, why: 'saved' } },
  result: results(columns),
  types,
  green,
  wider: {
    'is under way': { kind: 'wider', exercise, state: 'running', schedules: 0 },
    holds: { kind: 'wider', exercise, state: 'holds', schedules: 12_480 },
    breaks: {
      kind: 'wider',
      exercise,
      state: 'breaks',
      schedules: 3_120,
      test: failed(
        'a porsche ordered once is in the order once, however often the command arrives',
        'DUPLICATE_EFFECT',
        duplicateMessage(columns).replace('d3-0.2kz', 'd3-0.2kz --wider'),
      ),
    },
  },
  hint,
  trace: { 'of a duplicate': { kind: 'trace', exercise, text: traceText(columns) } },
  difference,
  solution,
  closed,
  written,
  skipped: { 'as it is': { kind: 'skipped', exercise } },
  went: { 'to the next one': { kind: 'went', exercise: next } },
  list: { 'with every sign': list },
  notice,
  stray: {
    'in the solution': {
      kind: 'stray',
      file: 'solutions/03-idempotent-business-logic/orders.ts',
      belongs: 'exercises/03-idempotent-business-logic/orders.ts',
    },
  },
  help: { 'with all keys': { kind: 'help', lines: helpLines } },
  setup: {
    'a folder that cannot be written': {
      kind: 'setup',
      text: 'expected to be able to read and write /home/ann/workshop/.workshop/state.json, got: Error: EACCES: permission denied. Nothing is lost: make it writable, or make room, then try again',
    },
    'two things at once': {
      kind: 'setup',
      text: 'Node: 18.20.1. Install 24 or newer, then start again\nSQLite: not found. Install again with npx -y pnpm@12 install',
    },
  },
  finished: {
    'all of it': { kind: 'finished', done: 14, skipped: 0 },
    'but for what was skipped': { kind: 'finished', done: 13, skipped: 1 },
    'with one done': { kind: 'finished', done: 1, skipped: 13 },
  },
})

const machine = [
  { name: 'Node', value: '24.21.0' },
  { name: 'system', value: 'linux x64' },
  { name: 'broker', value: 'embedded (SQLite)' },
]

/** In the time of the machine that it is shown on. */
const at = new Date(2026, 10, 21, 14, 2, 11).toISOString()

const opened: Fixtures['opened'] = {
  'for the first time': { kind: 'opened', machine, exercise, done: 0, of: 14 },
  'again, after red': {
    kind: 'opened',
    machine,
    exercise,
    done: 2,
    of: 14,
    last: { verdict: 'red', at },
  },
  'again, after a run at a time that cannot be read': {
    kind: 'opened',
    machine,
    exercise: next,
    done: 3,
    of: 14,
    last: { verdict: 'green', at: 'noon' },
  },
  'at an exercise that was not run': { kind: 'opened', machine, exercise: next, done: 3, of: 14 },
}

const file = 'exercises/03-idempotent-business-logic/orders.ts'
const simple = (line: number) => ({
  file,
  line,
  code: 'TS2322',
  message: "Type 'string' is not assignable to type 'number'.",
})

const types: Fixtures['types'] = {
  none: { kind: 'types', exercise, problems: [] },
  one: { kind: 'types', exercise, problems: [simple(12)] },
  'one that goes on for long': {
    kind: 'types',
    exercise,
    problems: [
      {
        file,
        line: 14,
        code: 'TS2345',
        message: [
          'Argument of type \'(m: MessageOf<Definition<"command", "AddItem", ZodObject<{ orderId: ZodString; item: ZodString; }, $strip>>>) => Promise<...>\' is not assignable to parameter of type \'(message: MessageOf<...>, context: HandlerContext) => Promise<...>\'.',
          "  Type 'Promise<Loaded<Order>>' is not assignable to type 'Promise<void>'.",
          "    Type 'Loaded<Order>' is not assignable to type 'void'.",
        ].join('\n'),
      },
    ],
  },
  five: { kind: 'types', exercise, problems: [12, 14, 15, 18, 20].map((line) => simple(line)) },
}

const green: Fixtures['green'] = {
  'for the first time': {
    kind: 'green',
    exercise,
    isFirst: true,
    done: 3,
    holds: [
      'An item that is ordered is in the order, and ItemAdded says so.',
      'A copy of the command changes nothing, however late it comes, and whoever else has changed the order meanwhile.',
    ],
    open: '"And if she wants two candles?" Then the effect of the second command looks like a duplicate of the first, and a set is not enough: wait for exercise 10.',
    next,
  },
  again: { kind: 'green', exercise, isFirst: false, done: 3, holds: [], open: '', next },
  'the last one': {
    kind: 'green',
    exercise,
    isFirst: true,
    done: 14,
    holds: ['An item that is ordered is in the order.'],
    open: '',
  },
  'of a page that promises nothing': {
    kind: 'green',
    exercise,
    isFirst: true,
    done: 3,
    holds: [],
    open: '',
    next,
  },
}

const notice: Fixtures['notice'] = {
  short: { kind: 'notice', text: 'There is nothing to undo.' },
  'longer than a line': {
    kind: 'notice',
    text: 'File events do not reach this folder, as on a drive that is mounted from another system. Saves are looked for twice a second instead.',
  },
  'with a command': {
    kind: 'notice',
    text: '▲ The start of 03 is newer than your work on it. Your files are as you left them; npx -y pnpm@12 workshop update --compare 03 shows what changed.',
  },
}
