// Runs of one exercise as events: each way in which one ends. For tests only.

import type { EventOf, ExerciseName, TestEvent } from '../../runner/events.ts'
import {
  assertionMessage,
  duplicateMessage,
  lostMessage,
  stuckMessage,
  syntaxMessage,
  timeoutMessage,
} from './messages.ts'

export const exercise: ExerciseName = {
  number: '03',
  folder: '03-idempotent-business-logic',
  title: 'Idempotent business logic',
  minutes: 15,
  edit: ['exercises/03-idempotent-business-logic/orders.ts'],
}

const names = [
  'an item that is ordered is in the order, and is announced',
  'a porsche ordered once is in the order once, however often the command arrives',
  'two gifts that are ordered at the same moment are both in the order',
  'two customers who both want a porsche get one each',
] as const

/** A test that passed, in all of so many schedules; 0: it explores nothing. */
export const passed = (name: string, schedules: number): TestEvent => ({
  name,
  ok: true,
  ms: 180,
  explored:
    schedules === 0
      ? []
      : [{ ok: true, coverage: { kind: 'all', states: 26 }, schedules, steps: 9 * schedules }],
})

export const failed = (name: string, code: string, message: string): TestEvent => ({
  name,
  ok: false,
  code,
  message,
  ms: 40,
  explored: [
    {
      ok: false,
      coverage: { kind: 'sampled', schedules: 10, allUpToCost: -1 },
      schedules: 12,
      steps: 71,
    },
  ],
})

const sampled: TestEvent = {
  name: names[3],
  ok: true,
  ms: 900,
  explored: [
    {
      ok: true,
      coverage: { kind: 'sampled', schedules: 2000, allUpToCost: 1 },
      schedules: 2000,
      steps: 40_000,
    },
  ],
}

const [first, second, third, fourth] = [
  passed(names[0], 110),
  passed(names[1], 148),
  passed(names[2], 166),
  passed(names[3], 146),
]

type Rest = Partial<EventOf<'result'>>

export function resultOf(tests: readonly TestEvent[], rest: Rest = {}): EventOf<'result'> {
  const isGreen = tests.length > 0 && tests.every(({ ok }) => ok)
  return {
    kind: 'result',
    exercise,
    verdict: isGreen ? 'green' : 'red',
    tests,
    printed: [],
    notShown: 0,
    ms: 612,
    sameFailures: isGreen ? 0 : 1,
    done: 2,
    of: 14,
    ...rest,
  }
}

export const greenResult = resultOf([first, second, third, fourth])

export const redResult = (columns: number, rest: Rest = {}): EventOf<'result'> =>
  resultOf(
    [first, failed(names[1], 'DUPLICATE_EFFECT', duplicateMessage(columns)), third, fourth],
    rest,
  )

export function results(columns: number): Readonly<Record<string, EventOf<'result'>>> {
  const lost = failed(names[2], 'LOST_MESSAGE', lostMessage(columns))
  const duplicate = failed(names[1], 'DUPLICATE_EFFECT', duplicateMessage(columns))
  const waits = failed(names[2], 'WAITS', 'waits for the test above')
  return {
    'red with the picture of a duplicate': redResult(columns),
    'red with several failures': resultOf([
      first,
      duplicate,
      lost,
      failed(names[3], 'STUCK', stuckMessage),
    ]),
    'the same failure for the third time': redResult(columns, { sameFailures: 3 }),
    'a file that does not load': resultOf([failed('orders.test.ts', 'Error', syntaxMessage)]),
    'an assertion of a test': resultOf([
      first,
      failed(names[1], 'AssertionError', assertionMessage),
      third,
      fourth,
    ]),
    'an error without words': resultOf([failed(names[0], 'TypeError', '')]),
    'a loop without an end': resultOf([
      first,
      failed(names[1], 'TIMEOUT', timeoutMessage),
      waits,
      { ...waits, name: names[3] },
    ]),
    'no tests': resultOf([]),
    'code that prints': redResult(columns, {
      printed: [
        'order { items: [] }',
        `order { items: [ ${"'porsche', ".repeat(8)}'sledge' ] }`,
        '  indented',
      ],
      notShown: 1_234,
    }),
    'two files to edit': redResult(columns, {
      exercise: {
        ...exercise,
        edit: [...exercise.edit, 'exercises/03-idempotent-business-logic/failing-saves.ts'],
      },
    }),
    green: greenResult,
    'green, some of it sampled or without schedules': resultOf([
      passed(names[0], 0),
      passed(names[1], 1),
      third,
      sampled,
    ]),
    'green, with code that prints': { ...greenResult, printed: ['hello'] },
  }
}
