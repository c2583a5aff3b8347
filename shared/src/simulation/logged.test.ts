import { expect, test } from 'vitest'
import { exploreSystem, linesOf, replaySystem, type System } from './index.ts'

/** Ann looks, says what she saw, and writes. */
const talking: System = (simulation) => {
  let value = 0
  simulation.state(() => value)
  simulation.process({
    name: 'ann',
    start: (process) => {
      const go = async (): Promise<void> => {
        const step = { kind: 'look', resource: 'number', access: 'read' } as const
        const seen = await process.operation({ ...step, effect: () => value })
        console.log('saw %d', seen)
        await process.operation({
          kind: 'write',
          resource: 'number',
          access: 'write',
          effect: () => {
            value += 1
          },
        })
      }
      void go()
    },
  })
  return { atEnd: () => undefined }
}

test('what code writes to the console is a note in the trace, and no fault', async () => {
  const { log } = console
  const { counterexample } = await exploreSystem({ system: talking })
  expect(counterexample).toBeUndefined()
  const { trace } = await replaySystem('0', { system: talking })
  expect(trace.steps.map(({ kind, detail }) => [kind, detail])).toEqual([
    ['look', undefined],
    ['log', { text: 'saw 0' }],
    ['write', undefined],
  ])
  expect(linesOf(trace)).toHaveLength(3)
  expect(console.log).toBe(log)
})

test('a replay that goes well, and then otherwise, was remembered by something', async () => {
  let runs = 0
  const remembering: System = (simulation) => {
    runs += 1
    const kind = runs % 2 === 0 ? 'skip' : 'do'
    simulation.process({
      name: 'ann',
      start: (process) => {
        void process.operation({ kind, resource: 'work', access: 'write', effect: () => undefined })
      },
    })
    return { atEnd: () => undefined }
  }
  const { finding } = await replaySystem('0', { system: remembering })
  expect(finding?.code).toBe('HIDDEN_STATE')
})
