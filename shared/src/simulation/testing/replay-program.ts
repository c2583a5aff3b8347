// A process of its own that replays schedules of the seeded mistakes. It is started with a list of
// names and schedules, answers with the lines of their traces, and ends.

import { replaySystem } from '../explore-system.ts'
import { linesOf } from '../trace.ts'
import { seededBugs } from './seeded-bugs.ts'

export type Replays = readonly (readonly [name: string, schedule: string])[]

/** The lines of each trace. */
export async function replayed(replays: Replays): Promise<readonly (readonly string[])[]> {
  const all: (readonly string[])[] = []
  for (const [name, schedule] of replays) {
    const bug = seededBugs[name]
    if (!bug) throw new Error(`expected the name of a seeded mistake, got ${name}`)
    all.push(linesOf((await replaySystem(schedule, bug)).trace))
  }
  return all
}

const [, , given] = process.argv
if (import.meta.main && given !== undefined) {
  console.log(JSON.stringify(await replayed(JSON.parse(given) as Replays)))
}
