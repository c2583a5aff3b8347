// Two consumers, three messages and one crash: an outbox through the full pipeline, in every
// schedule there is.

import { expect, test } from 'vitest'
import type { FailureCode } from '../check/index.ts'
import type { Handler } from '../pipeline/index.ts'
import { explore, play, summaryOf } from './index.ts'
import {
  forgetsTooSoon,
  marksFirst,
  ordered,
  remembersNothing,
  withOutbox,
} from './testing/outbox.ts'

test('the outbox holds in all of them', async () => {
  const report = await explore(ordered(withOutbox))
  expect(report && summaryOf(report)).toMatch(
    /^all schedules within these bounds hold: \d{3,} states$/,
  )
})

const mistakes: readonly (readonly [name: string, addItem: Handler, code: FailureCode])[] = [
  ['marks what it has not sent yet', marksFirst, 'LOST_MESSAGE'],
  ['remembers nothing', remembersNothing, 'DUPLICATE_EFFECT'],
  ['forgets what it has sent', forgetsTooSoon, 'DUPLICATE_EFFECT'],
]

for (const [name, addItem, code] of mistakes) {
  test(`an outbox that ${name} is found out`, () =>
    expect(explore(ordered(addItem))).rejects.toMatchObject({ name: 'Violation', code }))
}

test('the same handler, unchanged, runs on the real broker and store', () =>
  play(ordered(withOutbox)))
