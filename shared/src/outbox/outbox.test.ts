// The outbox in the simulated world: two instances, two messages about one order, and everything
// that may go wrong; and each mistake is found by the same properties.

import { expect, test } from 'vitest'
import type { FailureCode } from '../check/index.ts'
import { explore } from '../explore/index.ts'
import type { Behaviour } from '../pipeline/index.ts'
import {
  forgetsTooSoon,
  marksFirst,
  neverMarks,
  rightOutbox,
  savesEffectFirst,
  savesRecordFirst,
  sendsFirst,
  swallowsConflicts,
  trustsSilence,
} from './testing/mutants.ts'
import { given, type World } from './testing/orders.fixture.ts'

const troubles: readonly (readonly [what: string, world: World])[] = [
  ['a crash at any step', { faults: { crashes: 1 } }],
  ['two crashes of one instance', { faults: { crashes: 2 }, instances: 1 }],
  ['a save that fails', { faults: { failedSaves: 1 } }],
  ['a publish that is refused, and a crash', { faults: { refused: 1, crashes: 1 }, count: 1 }],
  ['a call of which nobody knows, and a crash', { faults: { unknown: 1, crashes: 1 }, count: 1 }],
  ['a copy at any later time, and a crash', { faults: { lateCopies: 1, crashes: 1 }, count: 1 }],
  ['a lease that ends too soon', { faults: { expiredLeases: 1 }, count: 1 }],
]

/** What one handler sends leaves at once, and may arrive in any order: more than the usual number
 *  of schedules. */
const effort = { searchSteps: 500_000 }

for (const [what, world] of troubles) {
  test(`effect and messages are there once, in all schedules with ${what}`, async () => {
    const report = await explore({ ...given(rightOutbox, world), effort })
    expect(report?.coverage).toMatchObject({ kind: 'all' })
  })
}

test('and with two messages at once in one process, in all with up to two faults or switches', async () => {
  const world = { prefetch: 2, instances: 1, faults: { crashes: 1 } }
  const report = await explore(given(rightOutbox, world))
  expect(report?.coverage).toMatchObject({ kind: 'sampled', allUpToCost: 2 })
})

const mistakes: readonly (readonly [() => Behaviour, World['faults'], FailureCode])[] = [
  [marksFirst, { crashes: 1 }, 'LOST_MESSAGE'],
  [sendsFirst, { failedSaves: 1 }, 'DUPLICATE_EFFECT'],
  [savesEffectFirst, { crashes: 1 }, 'DUPLICATE_EFFECT'],
  [savesRecordFirst, { crashes: 1 }, 'NOTHING_HAPPENED'],
  [swallowsConflicts, undefined, 'NOTHING_HAPPENED'],
  [trustsSilence, { unknown: 1 }, 'NOTHING_HAPPENED'],
  [neverMarks, undefined, 'LEFTOVERS'],
  [forgetsTooSoon, { duplicates: 1 }, 'DUPLICATE_EFFECT'],
]

for (const [mutant, faults, code] of mistakes) {
  test(`the mistake ${mutant.name} is found`, () =>
    expect(explore(given(mutant, faults && { faults }))).rejects.toMatchObject({
      name: 'Violation',
      code,
    }))
}
