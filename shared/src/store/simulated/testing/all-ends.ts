// The ends of all schedules of a story, by a search that leaves out states met before, or by one
// that does not: they have to be the same ends.

import { drive, findDrain } from '../../../simulation/drive.ts'
import { Runner } from '../../../simulation/run.ts'
import { Search } from '../../../simulation/strategies/search.ts'
import { contents, type Staged, staged, type Story } from './endings.ts'

export type Ends = {
  readonly ends: ReadonlySet<string>
  readonly runs: number
  /** False: there are more schedules than were tried. */
  readonly isComplete: boolean
}

const maxRuns = 2000

export async function allEnds(story: Story, prunes: boolean): Promise<Ends> {
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

/** What the processes saw, and all of the store, also what only the next write would show. */
function endOf({ said, store, simulation }: Staged): string {
  return [...said, contents(store), simulation.nowMs].join(' | ')
}
