import { expect, test } from 'vitest'
import type { Verification } from '../checking/verify.ts'
import { foundBy } from './verify.ts'

const holds = { ok: true, problems: [] }

const result: Verification = {
  exercise: '03-idempotent-business-logic',
  ok: false,
  start: { ...holds, failed: [{ test: 'one gift', code: 'DUPLICATE_EFFECT' }] },
  solution: holds,
  real: holds,
  wrong: [
    { ...holds, name: 'never-announced', code: 'LOST_MESSAGE' },
    { ok: false, problems: ['it is green'], name: 'one-for-all', code: 'NOTHING_HAPPENED' },
  ],
  right: [{ ...holds, name: 'announce-always' }],
  chain: { ok: false, problems: ['orders.ts differs', 'cart.ts is missing'] },
  shape: holds,
  covered: { explorations: 4, complete: 4, schedules: 570, ms: 850 },
  ms: 6674,
}

test('each part that does not hold is named, with its exercise and its problems', () => {
  expect(foundBy([result])).toEqual({
    passed: 6,
    failures: [
      '03-idempotent-business-logic, wrong one-for-all: NOTHING_HAPPENED\n    it is green',
      '03-idempotent-business-logic, chain\n    orders.ts differs\n    cart.ts is missing',
    ],
  })
})
