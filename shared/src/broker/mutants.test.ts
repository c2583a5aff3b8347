// The suite tests what it says. Each obligation has a mutant, the embedded broker with one mistake,
// on which its case fails; and every case passes on the broker as it is, with the same patience.

import { AssertionError } from 'node:assert/strict'
import { describe, expect, test } from 'vitest'
import { brokerObligations } from './broker.contract.ts'
import { consumingMutants } from './mutants/consuming.ts'
import { impatientWorld } from './mutants/mutant.ts'
import { publishingMutants } from './mutants/publishing.ts'
import { settlingMutants } from './mutants/settling.ts'
import { stoppingMutants } from './mutants/stopping.ts'

const mutants = [...publishingMutants, ...settlingMutants, ...consumingMutants, ...stoppingMutants]

test('every obligation has a mutant', () => {
  const killed = new Set(mutants.map(({ fails }) => fails))
  expect(brokerObligations.map(({ id }) => id).filter((id) => !killed.has(id))).toEqual([])
})

describe.concurrent('a case fails on a broker that', () => {
  for (const mutant of mutants) {
    const { fails, mistake } = mutant
    test(`${mistake} (${fails})`, async () => {
      const obligation = brokerObligations.find(({ id }) => id === fails)
      await using mutated = await mutant.world()
      const verdict = await obligation?.run(mutated).then(
        () => 'passed',
        (error: unknown) => error,
      )
      expect(verdict).toBeInstanceOf(AssertionError)
    })
  }
})

describe.concurrent('with the patience of the mutants, the broker as it is passes', () => {
  for (const obligation of brokerObligations) {
    test(obligation.id, async () => {
      await using world = await impatientWorld()
      await obligation.run(world)
    })
  }
})
