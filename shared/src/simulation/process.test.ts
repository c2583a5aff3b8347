import { expect, test } from 'vitest'
import { exploreSystem, type Process } from './index.ts'

const step = (process: Process, kind: string, effect: () => void): Promise<void> =>
  process.operation({ kind, resource: 'bell', access: 'write', effect })

test('code of a crashed instance that somebody wakes does nothing any more', async () => {
  const { counterexample, coverage, missed } = await exploreSystem({
    faults: { crashes: 1 },
    system: (simulation) => {
      const bell = Promise.withResolvers<void>()
      const answered: string[] = []
      let instances = 0
      simulation.state(() => instances * 100 + answered.length)
      simulation.process({
        name: 'sleeper',
        start: (process) => {
          const instance = (instances += 1)
          const sleep = async (): Promise<void> => {
            await step(process, 'lie down', () => undefined)
            await bell.promise
            await step(process, 'answer', () => answered.push(`${instance} of ${instances}`))
          }
          void sleep()
        },
      })
      simulation.process({
        name: 'ringer',
        canCrash: false,
        start: (process) => void step(process, 'ring', () => bell.resolve()),
      })
      return {
        atEnd: () =>
          answered.includes('1 of 2') ? { code: 'ZOMBIE', sentence: answered.join() } : undefined,
        goals: { 'the next instance answers': () => answered.includes('2 of 2') },
      }
    },
  })
  expect(counterexample).toBeUndefined()
  expect(coverage.kind).toBe('all')
  expect(missed).toEqual([])
})
