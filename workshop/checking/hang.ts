// Bounds a run of tests. A handler that loops for ever blocks its thread, and no time limit of a
// test ends it from within; from outside, the wait for it is given up.

import { within } from '@workshop/shared/world'

/** The tests did not come to an end. Their thread cannot be stopped: end the process after this. */
export class TestsHang extends Error {
  override readonly name = 'TestsHang'
}

/** What `work` gives, or a `TestsHang` after `limitMs` milliseconds. */
export const endWithin = <T>(limitMs: number, work: Promise<T>): Promise<T> =>
  within(limitMs, work, () => {
    const sentence = `expected the tests to end within ${limitMs / 1000} s, got no end. `
    const loop = 'This is usually a loop that never leaves a handler: look for a condition that '
    return new TestsHang(`${sentence}${loop}stays true. Then start again`)
  })
