// Whether the digest of the simulated store is enough: on small random stories, with every fault, a
// search that leaves out states met before has to find the same ends as one that does not.

import { expect, test } from 'vitest'
import { drive, findDrain } from '../../simulation/drive.ts'
import { Runner } from '../../simulation/run.ts'
import { Search } from '../../simulation/strategies/search.ts'
import { randomOf } from '../../simulation/strategy.ts'
import { contents, type Staged, staged, type Story } from './testing/endings.ts'
import { randomStory } from './testing/random-story.ts'

const stories = 120
/** A story with more schedules is left out. */
const maxRuns = 2000

type Ends = {
  readonly ends: ReadonlySet<string>
  readonly runs: number
  readonly isComplete: boolean
}

/** The ends of all schedules of the story. */
async function allEnds(story: Story, prunes: boolean): Promise<Ends> {
  const ends = new Set<string>()
  const drain = await findDrain()
  const runner = new Runner({
    maxSteps: 200,
    faults: {},
    ...story,
    drain,
    system: (simulation) => {
      const stage = staged(simulation, story)
      return { atEnd: () => void ends.add(endOf(stage)) }
    },
  })
  const search = new Search({ prunes })
  const work = function* () {
    do {
      yield* runner.run(search)
      yield undefined
      if (runner.runs >= maxRuns) return false
    } while (search.advance())
    return true
  }
  const isComplete = await drive(work(), { drain, onRealTime: (call) => runner.realTime(call) })
  return { ends, runs: runner.runs, isComplete }
}

/** What the processes saw, and what is stored. */
function endOf({ said, store, simulation }: Staged): string {
  return [...said, contents(store), simulation.nowMs].join(' | ')
}

test('a search that leaves out states met before finds every end of every story', async () => {
  let [tooLarge, withSeveralEnds, runs, plainRuns] = [0, 0, 0, 0]
  for (let seed = 1; seed <= stories; seed += 1) {
    const story = randomStory(randomOf(seed))
    const plain = await allEnds(story, false)
    if (!plain.isComplete) {
      tooLarge += 1
      continue
    }
    const pruned = await allEnds(story, true)
    expect(pruned.ends, `story ${seed}`).toEqual(plain.ends)
    if (plain.ends.size > 1) withSeveralEnds += 1
    runs += pruned.runs
    plainRuns += plain.runs
  }
  expect(tooLarge).toBeLessThan(stories / 10)
  expect(withSeveralEnds).toBeGreaterThan(stories / 2)
  expect(runs).toBeLessThan(plainRuns / 2)
})
