import { setTimeout as timer } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { DeadlinePassed, within } from './within.ts'

const never = new Promise<never>(() => {})

/** Nothing of this program happens meanwhile. */
const standStill = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

test.each([0, 5, 50])('a deadline of %i ms passes, and says what was waited for', async (ms) => {
  const late = within(ms, never, 'the thread to say so')
  await expect(late).rejects.toThrow(DeadlinePassed)
  await expect(late).rejects.toThrow(`expected the thread to say so within ${ms} ms`)
})

test('what is there when a machine has stood still is not late', async () => {
  const work = timer(60, 'done')
  const waiting = within(50, work, 'it to be done')
  standStill(120)
  expect(await waiting).toBe('done')
})
