// Nine mistakes that the explorer has to find: by its ordinary effort, and by samples alone, for
// any seed. What it shows of them is as simple as it gets, by a search that is not its own.

import { expect, test } from 'vitest'
import { drive, findDrain } from './drive.ts'
import { exploreSystem, type Counterexample } from './explore-system.ts'
import { type Pause, Runner } from './run.ts'
import { Search } from './strategies/search.ts'
import { type SeededBug, seededBugs } from './testing/seeded-bugs.ts'

const bugs = Object.entries(seededBugs)

/** Faults and switches together. */
const costOf = ({ trace }: Counterexample): number =>
  trace.steps.filter(({ fault }) => fault !== undefined).length +
  trace.steps.filter(({ isSwitch }) => isSwitch).length

/** The fewest faults and switches with which any schedule at all goes wrong. */
async function leastCost({ system, faults = {} }: SeededBug): Promise<number> {
  const drain = await findDrain()
  const runner = new Runner({ system, faults, maxSteps: 500, drain })
  const work = function* (): Generator<Pause | undefined, number> {
    for (let cost = 0; ; cost += 1) {
      const search = new Search({ cost, prunes: false })
      do {
        const { finding } = yield* runner.run(search)
        if (finding) return cost
        yield undefined
      } while (search.advance())
    }
  }
  const found = await drive(work(), { drain, onRealTime: () => undefined })
  return found
}

const harmless = bugs.filter(([, { faults }]) => faults !== undefined)

test.each(harmless)('%s does no harm without its fault', async (_name, { system }) => {
  const { counterexample, coverage } = await exploreSystem({ system })
  expect(counterexample).toBeUndefined()
  expect(coverage.kind).toBe('all')
})

test.each(bugs)('%s is found, as simple as it gets', async (_name, bug) => {
  const { counterexample, steps } = await exploreSystem(bug)
  expect(counterexample?.finding.code).toBe('WRONG')
  expect(costOf(counterexample!)).toBe(await leastCost(bug))
  expect(steps).toBeLessThan(100_000)
})

test.each(bugs)('%s is found by samples alone, for 60 seeds', async (_name, bug) => {
  const least = await leastCost(bug)
  for (let seed = 1; seed <= 60; seed += 1) {
    const effort = { maxCost: -1, searchSteps: 0, samples: 2000, seed }
    const { counterexample } = await exploreSystem({ ...bug, effort })
    expect(counterexample?.finding.code, `seed ${seed}`).toBe('WRONG')
    expect(costOf(counterexample!), `seed ${seed}`).toBe(least)
  }
})
