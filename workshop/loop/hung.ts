// The outcomes of a run whose thread had to be ended: what was under way says TIMEOUT, and what
// came after it waits.

import type { TestOutcome } from '../checking/tests.ts'

const loop =
  'This is usually a loop that never leaves a handler: look for a condition that stays true'

/** `outcomes` of a run in which nothing happened for `silenceMs` milliseconds: first the test that
 *  was under way, then those that wait for it. With none to blame, the file does not load. */
export function hung(outcomes: readonly TestOutcome[], silenceMs: number): readonly TestOutcome[] {
  const blamed = outcomes.find(({ code }) => code === 'pending')
  const sentence = `expected an end within ${silenceMs / 1000} s, got none. ${loop}`
  if (!blamed) return [...outcomes.filter(({ ok }) => ok), timedOut('the file', sentence)]
  return outcomes.map((outcome) => {
    if (outcome.code !== 'pending') return outcome
    const message = outcome === blamed ? sentence : 'waits for the test above'
    return { ...outcome, code: outcome === blamed ? 'TIMEOUT' : 'WAITS', message }
  })
}

const timedOut = (name: string, message: string): TestOutcome => ({
  file: '',
  name,
  ok: false,
  code: 'TIMEOUT',
  message: `${message}, outside of all tests`,
  ms: 0,
  explored: [],
  leftOut: [],
})
