// Whether the digests of what a system is made of are enough: a search that leaves out the states
// that it has met has to end in the same ways as one that leaves out none.

import { drive, findDrain } from '../drive.ts'
import { type Pause, Runner, type RunnerOptions, type System } from '../run.ts'
import { Search } from '../strategies/search.ts'

export type Pruned = Pick<RunnerOptions, 'faults'> & {
  /** The system; `ends` is told how each of its runs ends. */
  readonly system: (ends: Set<string>) => System
  /** A plain search of more steps than this is given up. */
  readonly maxSteps: number
}

/** Whether leaving out what it has met changes how it can end; undefined where the plain search was
 *  given up. Throws an Error where a run fails. */
export async function pruningMatters(options: Pruned): Promise<boolean | undefined> {
  const [plain, pruned] = [await endsOf(options, false), await endsOf(options, true)]
  return plain && !(pruned && plain.size === pruned.size)
}

async function endsOf(
  { system, faults, maxSteps }: Pruned,
  prunes: boolean,
): Promise<ReadonlySet<string> | undefined> {
  const ends = new Set<string>()
  const drain = await findDrain()
  const runner = new Runner({ system: system(ends), faults, maxSteps: 400, drain })
  const search = new Search({ prunes })
  function* all(): Generator<Pause | undefined, boolean> {
    do {
      const { finding } = yield* runner.run(search)
      yield undefined
      if (finding) throw new Error(finding.sentence)
      if (runner.steps > maxSteps) return false
    } while (search.advance())
    return true
  }
  const onRealTime = (call: string): never => {
    throw new Error(`${call} was called`)
  }
  return (await drive(all(), { drain, onRealTime })) ? ends : undefined
}
