import { expect, test } from 'vitest'
import type { Act } from '../act.ts'
import { linesOf, type Process, replaySystem, type System, tellSystem } from '../index.ts'
import { Queue, Table } from '../testing/messaging.ts'

const run = (about: string, until?: string): Act =>
  until === undefined ? { kind: 'run', about } : { kind: 'run', about, until }
const crash = (about: string): Act => ({ kind: 'crash', about })

/** Two workers, two messages: each adds 1 to the balance, and nothing is remembered. */
const adding: System = (simulation) => {
  const [queue, table] = [new Queue(simulation, ['one', 'two']), new Table(simulation)]
  const add = async (process: Process): Promise<void> => {
    const balance = await table.read(process, 'balance')
    await table.write(process, 'balance', balance + 1)
  }
  for (const name of ['ann', 'ben']) {
    simulation.process({
      name,
      start: (process) => void queue.consume(process, () => add(process)),
    })
  }
  return {
    atEnd: () => {
      const balance = table.get('balance')
      return balance === 2 ? undefined : { code: 'OFF', sentence: `the balance is ${balance}` }
    },
  }
}

const tell = (...acts: readonly Act[]) =>
  tellSystem(acts, { system: adding, faults: { crashes: 1 } })

const told = async (...acts: readonly Act[]) => {
  const { finding, problem } = await tell(...acts)
  return finding?.sentence ?? problem
}

test('without any act, the story goes on as it was meant', async () => {
  expect(await told()).toBeUndefined()
  const { trace } = await tell()
  const { trace: story } = await replaySystem('0', { system: adding })
  expect(linesOf(trace)).toEqual(linesOf(story))
})

test('work goes on up to the step that is named, and from there again', async () => {
  expect(await told(run('one'), run('two'))).toBeUndefined()
  expect(await told(run('one', 'write'), run('two'))).toBeUndefined()
  expect(await told(run('one', 'read'), run('two'), run('one'))).toBe('the balance is 1')
  expect(await told(run('one', 'receive'), run('two', 'receive'), run('one'))).toBeUndefined()
})

test('whoever works on it crashes, after a step that changed nothing, too', async () => {
  expect(await told(run('one', 'write'), crash('one'))).toBe('the balance is 3')
  expect(await told(run('one', 'read'), crash('one'))).toBeUndefined()
  const { trace } = await tell(run('one', 'read'), run('two', 'write'), crash('two'))
  expect(trace.steps.filter(({ kind }) => kind === 'crash')).toMatchObject([{ process: 'ben' }])
})

const problems: readonly (readonly [acts: readonly Act[], problem: string])[] = [
  [
    [run('two'), run('one')],
    "act 1 is not possible, run('two'): expected two to go on or to begin, got only: " +
      "one is next in queue. What remains: run('one')",
  ],
  [
    [run('one', 'read'), run('two', 'read'), run('three')],
    "act 3 is not possible, run('three'): expected three to go on or to begin, got only: " +
      'two may write, one may write',
  ],
  [
    [run('one', 'look')],
    "act 1 is not possible, run('one', { until: 'look' }): expected one to reach another look, " +
      'got to its end (acknowledge)',
  ],
  [
    [crash('one')],
    "act 1 is not possible, crash('one'): expected a process at work on one, got none",
  ],
  [
    [run('one', 'write'), crash('one'), run('one', 'write'), crash('one')],
    "act 4 is not possible, crash('one'): expected ann to be able to crash, got no `crashes` left",
  ],
  [
    [run('one'), run('two'), run('one')],
    "act 3 is not possible, run('one'): expected one to go on or to begin, got nothing that can happen",
  ],
]

for (const [acts, problem] of problems) {
  test(`what is not possible is said: ${problem}`, async () => {
    expect(await tell(...acts)).toMatchObject({ problem, finding: undefined })
  })
}

test('an act that never comes to its end is ended by the bound of the run', async () => {
  const endless: System = (simulation) => {
    const queue = new Queue(simulation, ['one'])
    const table = new Table(simulation)
    const forEver = async (process: Process): Promise<void> => {
      for (;;) await table.read(process, 'balance')
    }
    simulation.process({
      name: 'ann',
      start: (process) => void queue.consume(process, () => forEver(process)),
    })
    return { atEnd: () => undefined }
  }
  const { finding, trace } = await tellSystem([run('one')], { system: endless, maxSteps: 30 })
  expect(finding?.code).toBe('STUCK')
  expect(trace.steps).toHaveLength(30)
})

test('what remembers the first time is found out, as it is told twice', async () => {
  let starts = 0
  const remembering: System = (simulation) => {
    const table = new Table(simulation)
    starts += 1
    const key = `start ${starts}`
    simulation.process({ name: 'ann', start: (process) => void table.write(process, key, 1) })
    return { atEnd: () => undefined }
  }
  const { finding } = await tellSystem([], { system: remembering })
  expect(finding?.code).toBe('HIDDEN_STATE')
})
