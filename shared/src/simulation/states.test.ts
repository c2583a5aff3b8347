// States that look alike and are not: each of these was once taken for another one, or was never
// come to at all. fuzz.test.ts looks for more of them.

import { expect, test } from 'vitest'
import { drive, findDrain } from './drive.ts'
import { digestOfText, exploreSystem, type Process, simulatedWorld, type System } from './index.ts'
import { compare } from './testing/fuzz/compare.ts'
import type { Code, Instruction, Program } from './testing/fuzz/program.ts'

const write: Instruction = { does: 'write', key: 'x', add: 0 }
const read: Instruction = { does: 'read', key: 'x' }

/** What differs between searches with and without pruning, and the ends that there are. */
async function compared(program: Partial<Program>) {
  const consumers = { count: 0, code: [], messages: 0, remembers: false }
  const whole: Program = { scripts: [], consumers, faults: {}, time: 'lazy', ...program }
  const drain = await findDrain()
  const work = compare(whole, { drain })
  const { differences, plain } = (await drive(work, { drain, onRealTime: () => 0 }))!
  return { differences, ends: plain.ends }
}

const acknowledging = (...code: Code) => ({
  count: 1,
  messages: 1,
  code: [{ does: 'acknowledge' } as const, ...code],
  remembers: false,
})

test('what was read after an early acknowledgement tells two states apart', async () => {
  const consumers = acknowledging(read, { does: 'write', key: 'y', add: 0 })
  const scripts: readonly Code[] = [[write], [{ does: 'increment', key: 'z' }]]
  const { differences, ends } = await compared({ scripts, consumers })
  expect(differences).toEqual([])
  expect(ends).toHaveLength(2)
})

test('a crash after an early acknowledgement loses what should have followed', async () => {
  const { ends } = await compared({ consumers: acknowledging(write), faults: { crashes: 1 } })
  expect(ends).toHaveLength(2)
})

test('a coin that is tossed before the first step tells two states apart', async () => {
  const scripts: readonly Code[] = [[{ does: 'clock' }, { does: 'toss' }, write], [write], [read]]
  const { differences, ends } = await compared({ scripts, faults: { coins: 1, crashes: 1 } })
  expect(differences).toEqual([])
  expect(ends.length).toBeGreaterThan(1)
})

test('nobody wakes the sleeper of a process that has crashed', async () => {
  const awake: string[] = []
  const system: System = (simulation) => {
    const nap = new AbortController()
    let instances = 0
    simulation.state(() => instances)
    const step = { resource: 'nap', access: 'write', effect: () => undefined } as const
    const sleep = async (process: Process, instance: number): Promise<void> => {
      await process.operation({ ...step, kind: 'lie down' })
      await simulatedWorld(process)
        .sleep(10, nap.signal)
        .catch(() => awake.push(`${instance} of ${instances}`))
    }
    const start = (process: Process): void => void sleep(process, (instances += 1))
    simulation.process({ name: 'sleeper', start })
    const effect = (): void => nap.abort()
    simulation.process({
      name: 'cock',
      canCrash: false,
      start: (process) => void process.operation({ ...step, kind: 'crow', effect }),
    })
    return { atEnd: () => undefined }
  }
  await exploreSystem({ system, faults: { crashes: 1 } })
  expect(new Set(awake)).toEqual(new Set(['1 of 1', '2 of 2']))
})

test('a process that sleeps after it has read can crash at any time', async () => {
  const ends = new Set<string>()
  const system: System = (simulation) => {
    let log = ''
    simulation.state(() => digestOfText(log))
    const add = (name: string, ms: number, canCrash = false): void => {
      const work = async (process: Process): Promise<void> => {
        const step = { resource: 'log', effect: () => log } as const
        await process.operation({ ...step, kind: 'read', access: 'read' })
        await simulatedWorld(process).sleep(ms)
        const effect = (): string => (log += name)
        await process.operation({ ...step, kind: 'write', access: 'write', effect })
      }
      simulation.process({ name, canCrash, start: (process) => void work(process) })
    }
    add('a', 10, true)
    add('b', 5)
    add('c', 12)
    return {
      atEnd: () => {
        ends.add(log)
        return undefined
      },
    }
  }
  await exploreSystem({ system, faults: { crashes: 1 } })
  // A crash at 5 ms makes `a` late; one that comes after it has written makes it write again.
  expect([...ends].toSorted()).toEqual(['bac', 'baca', 'bca'])
})
