import { expect, test } from 'vitest'
import {
  exploreSystem,
  linesOf,
  type Process,
  replaySystem,
  simulatedWorld,
  type System,
} from './index.ts'

/** Two consumers add 1 to a number: read, then write. */
const counter: System = (simulation) => {
  let value = 0
  simulation.state(() => value)
  const add = async (process: Process): Promise<void> => {
    const step = { resource: 'number', kind: 'read', access: 'read' } as const
    const read = await process.operation({ ...step, effect: () => value })
    await process.operation({
      resource: 'number',
      kind: 'write',
      access: 'write',
      effect: () => {
        value = read + 1
      },
    })
  }
  for (const name of ['ann', 'ben']) {
    simulation.process({ name, start: (process) => void add(process) })
  }
  return {
    atEnd: () =>
      value === 2 ? undefined : { code: 'LOST_UPDATE', sentence: `expected 2, got ${value}` },
  }
}

test('a lost update is found, with one switch, and replays byte for byte', async () => {
  const { counterexample } = await exploreSystem({ system: counter })
  expect(counterexample?.finding).toEqual({ code: 'LOST_UPDATE', sentence: 'expected 2, got 1' })
  const schedule = counterexample?.schedule ?? ''
  const again = await replaySystem(schedule, { system: counter })
  expect(again.diverged).toEqual([])
  expect(counterexample && linesOf(again.trace)).toEqual(
    counterexample && linesOf(counterexample.trace),
  )
  expect(linesOf(again.trace)).toEqual([
    '1 @0 ann read number = 0',
    '2 @0 ben read number = 0',
    '3 @0 ben write number',
    '4 @0 ann write number',
  ])
})

test('a coin is tried on both sides, and stays as it has fallen', async () => {
  const seen = new Set<string>()
  const { coverage } = await exploreSystem({
    faults: { coins: 2 },
    system: (simulation) => {
      let fallen = ''
      simulation.process({
        name: 'ann',
        start: (process) => {
          const { coin } = simulatedWorld(process)
          fallen = [coin('one'), coin('other'), coin('one')].map(Number).join('')
        },
      })
      return {
        atEnd: () => {
          seen.add(fallen)
          return undefined
        },
      }
    },
  })
  expect(coverage.kind).toBe('all')
  expect([...seen].toSorted()).toEqual(['000', '010', '101', '111'])
})
