// What the resident runner holds on to: its heap after 200 saves against that after 20, each after
// a forced collection, in the thread of the tests and in the one that runs them. It may grow by a
// fifth.

import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { readExercises } from '../workshop/catalogue/exercise.ts'
import { readPristine } from '../workshop/catalogue/pristine.ts'
import { Resident } from '../workshop/loop/resident.ts'
import { root } from '../workshop/root.ts'

const [early, late] = [20, 200]
const mostGrowth = 1.2

/** A test file beside those of the exercise, which collects and says what is left. */
const meter = `
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { test } from 'vitest'
test('the heap of this thread', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  collect()
  collect()
  console.log('heap ' + process.memoryUsage().heapUsed)
})
`

type Heaps = { readonly runnerMb: number; readonly testsMb: number }
type Figures = {
  readonly atSave: Readonly<Record<string, Heaps>>
  readonly runner: number
  readonly tests: number
  readonly ok: boolean
}

export async function bench(print: (line: string) => void): Promise<Figures> {
  const [exercise] = await readExercises(await readPristine({ worktree: false }), ['03'])
  if (!exercise) throw new Error('expected exercise 03, got none')
  const parent = join(root, '.workshop', 'scratch')
  await mkdir(parent, { recursive: true })
  const folder = await mkdtemp(join(parent, 'heap-'))
  const save = (file: string, text: string) => writeFile(join(folder, file), text)
  try {
    for (const [file, text] of exercise.start) await save(file, text)
    await save('zz-heap.test.ts', meter)
    await using resident = await Resident.start()
    const heaps = new Map<number, Heaps>()
    for (let count = 1; count <= late; count++) {
      const files = count % 2 === 0 ? exercise.start : exercise.solution
      await save('orders.ts', `${files.get('orders.ts') ?? ''}// save ${count}\n`)
      const { printed } = await resident.run(folder)
      if (count !== early && count !== late) continue
      heaps.set(count, {
        runnerMb: mb(collected()),
        testsMb: mb(Number(/heap (\d+)/.exec(printed.join())?.[1])),
      })
      print(`after ${count} saves: ${JSON.stringify(heaps.get(count))}`)
    }
    const growth = (one: keyof Heaps): number =>
      round((heaps.get(late)?.[one] ?? NaN) / (heaps.get(early)?.[one] ?? NaN))
    const [runner, tests] = [growth('runnerMb'), growth('testsMb')]
    return {
      atSave: Object.fromEntries(heaps),
      runner,
      tests,
      ok: runner <= mostGrowth && tests <= mostGrowth,
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The heap of this thread, in bytes, without what nobody holds. */
function collected(): number {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

const mb = (bytes: number): number => round(bytes / 1e6)
const round = (value: number): number => Math.round(value * 100) / 100
