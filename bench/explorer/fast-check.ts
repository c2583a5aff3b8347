// The bank under fast-check's scheduler, in its faster mode. A step is scheduled first and takes
// effect when it is released, as in ours; otherwise its effects would come in the order of calls.

import fc from 'fast-check'
import { Bank, Consumer, type Perform } from './bank.ts'
import { perCpuSecond } from './measure.ts'

const released = Promise.resolve()

/** Runs random schedules of two consumers with 12 steps each; resolves with how many of them fit
 *  into a second of CPU time. */
export function fastCheckSchedules(runs: number): Promise<number> {
  const holds = async (scheduler: fc.Scheduler): Promise<boolean> => {
    const bank = new Bank(['1/ann', '2/ann'])
    const perform: Perform = async ({ kind, effect }) => {
      await scheduler.schedule(released, kind)
      return effect()
    }
    for (let number = 1; number <= 2; number += 1) {
      void new Consumer(bank, { isLong: true, perform }).consume()
    }
    await scheduler.waitIdle()
    return bank.published.length === 2
  }
  const property = fc.asyncProperty(fc.scheduler(), holds)
  return perCpuSecond(runs, () => fc.assert(property, { numRuns: runs, seed: 1 }))
}
