// The simulated broker passes the conformance suite: each case in order, and through random
// schedules.

import { afterEach, describe, expect, test, vi } from 'vitest'
import { brokerContract, brokerObligations } from './broker.contract.ts'
import { mistakes, plant } from './simulated/testing/mistakes.ts'
import { simulatedBrokerCase } from './simulated/testing/world.ts'

brokerContract({
  name: 'simulated',
  features: { ordered: true, releaseIsFree: true, durable: true },
  run: simulatedBrokerCase,
})

describe('in the simulated world, too, a case fails on a queue that', () => {
  afterEach(() => vi.restoreAllMocks())

  for (const [does, fails] of [
    ['does not count what a crash interrupts', 'B21'],
    ['counts a release as a failure', 'B14b'],
    ['lets a handler settle what was taken from it', 'B26'],
  ] as const) {
    test(`${does} (${fails})`, async () => {
      const mistake = mistakes.find((one) => one.does === does)!
      const obligation = brokerObligations.find(({ id }) => id === fails)!
      plant(mistake)
      await expect(simulatedBrokerCase(obligation)).rejects.toThrow('(schedule ')
    })
  }
})
