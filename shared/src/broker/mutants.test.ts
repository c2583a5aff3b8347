// The suite tests what it says. Each obligation has a mutant, the embedded broker with one mistake,
// on which its case fails; and every case passes on the broker as it is, with the same patience.

import { AssertionError } from 'node:assert/strict'
import { describe, expect, test } from 'vitest'
import { brokerObligations } from './broker.contract.ts'
import { consumingMutants } from './mutants/consuming.ts'
import { impatientWorld, type Mutant } from './mutants/mutant.ts'
import { publishingMutants } from './mutants/publishing.ts'
import { settlingMutants } from './mutants/settling.ts'
import { stoppingMutants } from './mutants/stopping.ts'
import { watchingMutants } from './mutants/watching.ts'

const mutants = [
  ...publishingMutants,
  ...settlingMutants,
  ...consumingMutants,
  ...stoppingMutants,
  ...watchingMutants,
]

test('every obligation has a mutant', () => {
  const killed = new Set(mutants.map(({ fails }) => fails))
  expect(brokerObligations.map(({ id }) => id).filter((id) => !killed.has(id))).toEqual([])
})

/** A machine that stands still at the right moment makes up for a delay that a mutant leaves out,
 *  and hides its mistake. Not every time. */
const maxRuns = 3

/** What the case of `mutant` ended with: an error, or undefined where it passed each time. */
async function verdictOn(mutant: Mutant): Promise<unknown> {
  const obligation = brokerObligations.find(({ id }) => id === mutant.fails)
  for (let run = 0; run < maxRuns; run += 1) {
    await using world = await mutant.world()
    try {
      await obligation?.run(world)
    } catch (error) {
      return error
    }
  }
  return undefined
}

describe.concurrent('a case fails on a broker that', () => {
  for (const mutant of mutants) {
    test(`${mutant.mistake} (${mutant.fails})`, async () => {
      expect(await verdictOn(mutant)).toBeInstanceOf(AssertionError)
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
