// What a process of the tests runs: one task on the store in the directory given. It reports what
// the store has acknowledged, and nothing before.

import { flushCompileCache } from 'node:module'
import { increment, times } from '../../contract/parts.ts'
import { sqliteStore } from '../sqlite-store.ts'
import type { Report, Task } from './processes.ts'
import { writesOf } from './sets.ts'

const [directory = '', task = ''] = process.argv.slice(2)
const store = sqliteStore({ directory })
const report = (what: Report): void => void process.send?.(what)

/** More than any two processes of a test write: the bound of one increment's attempts. */
const writers = 100_000
/** How many write sets are on their way at once. */
const lanes = 8

/** Saves without end, so that a kill always falls into the middle. */
async function saveSets(series: string, first: number): Promise<void> {
  for (let number = first; ; number += lanes) {
    const set = { series, number }
    await store.saveAll(writesOf(set))
    report({ kind: 'saved', set })
  }
}

async function run(what: Task): Promise<void> {
  if (what.kind === 'save-sets') {
    await Promise.all(times(lanes, (lane) => saveSets(what.series, lane)))
    return
  }
  for (let done = 0; done < what.times; done += 1) await increment(store, what.key, writers)
  report({ kind: 'finished' })
}

// A process that is killed would not write down what it compiled.
flushCompileCache()
await run(JSON.parse(task) as Task)
await store.close()
process.disconnect()
