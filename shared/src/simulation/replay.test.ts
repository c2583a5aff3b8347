// A schedule is a promise: whoever types it sees the same run, today, tomorrow, in another process,
// and after a small edit of the code as well, or is told where the run went another way.

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { exploreSystem, linesOf, type Process, replaySystem, type System } from './index.ts'
import { Queue, Table } from './testing/messaging.ts'
import { replayed, type Replays } from './testing/replay-program.ts'
import { seededBugs } from './testing/seeded-bugs.ts'

const program = fileURLToPath(new URL('testing/replay-program.ts', import.meta.url))
const flags = process.features.typescript ? [] : ['--import', 'tsx']

async function found() {
  const all: { name: string; schedule: string; lines: readonly string[] }[] = []
  for (const [name, bug] of Object.entries(seededBugs)) {
    const { counterexample } = await exploreSystem(bug)
    const { schedule, trace } = counterexample!
    all.push({ name, schedule, lines: linesOf(trace) })
  }
  return all
}

test('a schedule replays line by line, twice, and in another process', async () => {
  const all = await found()
  const replays: Replays = all.map(({ name, schedule }) => [name, schedule])
  const lines = all.map((one) => one.lines)
  expect(lines.flat().length).toBeGreaterThan(50)
  expect(await replayed(replays)).toEqual(lines)
  expect(await replayed(replays)).toEqual(lines)
  const started = [...flags, program, JSON.stringify(replays)]
  const { stdout } = await promisify(execFile)(process.execPath, started)
  expect(JSON.parse(stdout)).toEqual(lines)
})

test('a schedule is short enough to be typed', async () => {
  for (const { name, schedule } of await found()) {
    expect(schedule, name).toMatch(/^[0-9a-z.-]+$/)
    expect(schedule.length, name).toBeLessThan(40)
  }
})

type Edit = (table: Table, process: Process) => Promise<unknown>

/** Ann and Ben each add 1 to a balance; `before` stands for what was edited. */
function adding(before: Edit = () => Promise.resolve()): System {
  return (simulation) => {
    const [queue, table] = [new Queue(simulation, ['1', '2']), new Table(simulation)]
    const add = async (process: Process): Promise<void> => {
      await before(table, process)
      const balance = await table.read(process, 'balance')
      await table.write(process, 'balance', balance + 1)
    }
    for (const name of ['ann', 'ben']) {
      const start = (process: Process): void => void queue.consume(process, () => add(process))
      simulation.process({ name, isMemoryless: true, start })
    }
    return {
      atEnd: () =>
        table.get('balance') === 2 ? undefined : { code: 'LOST', sentence: 'an update was lost' },
    }
  }
}

const readFirst: Edit = (table, process) => table.read(process, 'settings')

async function scheduleOf(system: System): Promise<string> {
  const { counterexample } = await exploreSystem({ system })
  return counterexample!.schedule
}

test('a schedule finds its place again when a step was added, and says that it had to', async () => {
  const schedule = await scheduleOf(adding())
  const { finding, diverged } = await replaySystem(schedule, { system: adding(readFirst) })
  expect(finding?.code).toBe('LOST')
  expect(diverged).toEqual([expect.stringMatching(/^choice 1 was taken \d choices after the last/)])
})

test('a schedule finds its place again when a step was removed', async () => {
  const schedule = await scheduleOf(adding(readFirst))
  const { finding, diverged } = await replaySystem(schedule, { system: adding() })
  expect(finding?.code).toBe('LOST')
  expect(diverged).toHaveLength(1)
})

test('a schedule whose choice is gone says which one, and goes on without it', async () => {
  const schedule = await scheduleOf(adding())
  const renamed: System = (simulation) => {
    const effect = (): void => undefined
    const step = { kind: 'look', resource: 'elsewhere', access: 'read', effect } as const
    const look = async (process: Process): Promise<void> => {
      await process.operation(step)
      await process.operation(step)
    }
    for (const name of ['ann', 'ben']) {
      simulation.process({ name, start: (process) => void look(process) })
    }
    return { atEnd: () => undefined }
  }
  const { finding, diverged, trace } = await replaySystem(schedule, { system: renamed })
  expect(finding).toBeUndefined()
  expect(trace.steps).toHaveLength(4)
  expect(diverged).toEqual([expect.stringMatching(/^choice 1 of 1 \(..\) was not found$/)])
})

test('a schedule that is longer than the run says so', async () => {
  const { diverged } = await replaySystem('z.1zz', { system: adding() })
  expect(diverged).toEqual(['choice 1 of 1 (zz) was not found'])
})

test('what is no schedule is refused, in a sentence that shows one', async () => {
  const texts = ['', 'hello', '4.2', '4.2k9-', '4.2K9', '4.2k9 0.1x3', '4.2k9-'.repeat(300)]
  for (const text of texts) {
    const refused = replaySystem(text, { system: adding() })
    await expect(refused, text).rejects.toThrow(TypeError)
    await expect(refused, text).rejects.toThrow('expected a schedule such as 4.2k9-0.1x3, got')
  }
})
