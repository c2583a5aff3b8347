// A stage for tests on which everything is as it should be, and every call takes 100 ms; and small
// exercises to play on it.

import type { Exercise } from '../../catalogue/exercise.ts'
import type { TestOutcome } from '../../checking/tests.ts'
import type { Stage } from '../rehearse.ts'

const test = 'one click makes one order'

/** An exercise whose start fails with `DUPLICATE_EFFECT`. */
export const exercise = (number: string, title: string, hasDemo = false): Exercise => ({
  folder: `${number}-${title.toLowerCase().replaceAll(' ', '-')}`,
  number,
  front: {
    title,
    part: 1,
    minutes: 15,
    edit: ['orders.ts'],
    after: 'nothing',
    differs: [],
    red: [{ code: 'DUPLICATE_EFFECT', test }],
  },
  start: new Map([['README.md', '']]),
  solutionFolder: new Map(hasDemo ? [['demo.ts', '']] : []),
  solution: new Map(),
  wrong: [],
  right: [],
})

export const outcome = (code?: string): TestOutcome => ({
  file: 'orders.test.ts',
  name: test,
  ok: code === undefined,
  code,
  message: code === undefined ? undefined : `${code}: expected one order, got two`,
  ms: 10,
  explored: [],
  leftOut: [],
})

export function stageOf(given: Partial<Stage> = {}): Stage {
  let now = 0
  return {
    nowMs: () => {
      now += 100
      return now
    },
    types: () => Promise.resolve([]),
    play: (_, kind) =>
      Promise.resolve([kind === 'start' ? outcome('DUPLICATE_EFFECT') : outcome()]),
    demo: (_, kind) => Promise.resolve({ ok: kind === 'solution', sentence: `the ${kind}` }),
    ...given,
  }
}
