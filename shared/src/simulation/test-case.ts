// Runs an ordinary async test case inside of a simulated world: as a process of its own, once in
// order, and then through as many random schedules as asked. For conformance suites, whose cases
// are the same on real resources.

import { exploreSystem } from './explore-system.ts'
import type { Process } from './process.ts'
import type { Simulation } from './simulation.ts'
import { simulatedWorld } from './world.ts'

/** The same shape as the `TestTime` of the core, on the simulated clock. */
export type SimulatedTime = {
  readonly nowMs: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly until: (condition: () => boolean | Promise<boolean>, what: string) => Promise<void>
}

export type TestCase = {
  /** Adds resources, and returns what the case does. It runs as `process`. */
  readonly prepare: (
    simulation: Simulation,
  ) => (process: Process, time: SimulatedTime) => Promise<void>
  /** How many random schedules after the first. Default 20. */
  readonly samples?: number
  readonly faults?: Readonly<Record<string, number>>
}

const pollMs = 5
const boundMs = 10_000

/** Rejects with what the case threw, and the schedule in its message. */
export async function simulatedCase({
  prepare,
  samples = 20,
  faults = {},
}: TestCase): Promise<void> {
  const { counterexample } = await exploreSystem({
    faults,
    maxSteps: 200_000,
    effort: { maxCost: -1, searchSteps: 0, samples },
    system: (simulation) => {
      const act = prepare(simulation)
      let isDone = false
      simulation.process({
        name: 'case',
        canCrash: false,
        start: (process) => {
          void act(process, timeOf(process)).then(
            () => (isDone = true),
            (cause: unknown) => {
              const sentence = cause instanceof Error ? cause.message : String(cause)
              simulation.report({ code: 'CASE_FAILED', sentence, cause })
            },
          )
        },
      })
      return {
        atEnd: () =>
          isDone ? undefined : { code: 'CASE_FAILED', sentence: 'the case never came to its end' },
      }
    },
  })
  if (!counterexample) return
  const { finding, schedule } = counterexample
  throw new Error(`${finding.sentence} (schedule ${schedule})`, { cause: finding.cause })
}

function timeOf(process: Process): SimulatedTime {
  const { clock, sleep } = simulatedWorld(process)
  return {
    nowMs: clock.nowMs,
    sleep: (ms) => sleep(ms),
    until: async (condition, what) => {
      const giveUpAtMs = clock.nowMs() + boundMs
      while (!(await condition())) {
        if (clock.nowMs() > giveUpAtMs) throw new Error(`expected ${what}, got nothing of it`)
        await sleep(pollMs)
      }
    },
  }
}
