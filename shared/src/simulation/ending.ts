// What can be wrong with a run whatever its system promises: something escaped control, never ends,
// or waits for what never comes. Each is a finding with a sentence that names the place.

import type { Drain } from './drain.ts'
import type { Finding } from './finding.ts'
import type { Lane } from './lane.ts'
import type { Simulation } from './simulation.ts'
import { placeIn } from './source.ts'

/** After each step: what was reported, or thrown where nobody could catch it. */
export function wrongSoFar({ findings, current }: Simulation, drain?: Drain): Finding | undefined {
  if (findings.length > 0) return findings[0]
  if (!drain || drain.stray.length === 0) return undefined
  const [error] = drain.stray.splice(0)
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return {
    code: 'NOT_AWAITED',
    sentence:
      `expected every failure to reach whoever waits for it, got one that nobody handled in ` +
      `${nameOf(current)}: ${cause}. Await the call that failed`,
    cause: error,
  }
}

/** The real clock, a timer or real randomness was used. */
export function realTimeUsed(call: string, { current }: Simulation): Finding {
  return {
    code: 'REAL_TIME_USED',
    sentence:
      `expected time, ids and choices from the context, got ${call} in ${nameOf(current)}` +
      `${placeIn(new Error('called').stack)}. ` +
      'The context has `clock`, `ids` and `coin`',
    about: current ? [current.name] : [],
  }
}

/** Too many steps: something repeats itself without end. */
export function endless({ current }: Simulation, maxSteps: number): Finding {
  return {
    code: 'STUCK',
    sentence:
      `expected the run to end within ${maxSteps} steps, got one that goes on and on. ` +
      `The last step was in ${nameOf(current)}`,
  }
}

/** A lane that has begun, and neither ended nor waits for anything that can happen here. */
export function unsettled({ processes }: Simulation): Finding | undefined {
  for (const { lanes } of processes) {
    for (const lane of lanes) {
      if (lane.waiting > 0) continue
      return {
        code: 'STUCK',
        sentence:
          `expected ${nameOf(lane)} to end, got an await that never does: it waits for something ` +
          'that is not part of the simulated world',
        about: [lane.name],
        isUnsettled: true,
      }
    }
  }
  return undefined
}

/** A step that waits for something that never happened. */
export function blocked({ pending }: Simulation): Finding | undefined {
  const waiting = pending.find(({ step }) => !step.idle)
  if (!waiting) return undefined
  const { lane, step } = waiting
  return {
    code: 'STUCK',
    sentence: `expected ${nameOf(lane)} to go on, got it waiting for ever: ${step.kind} ${step.resource}`,
    about: [lane.name],
  }
}

function nameOf(lane: Lane | undefined): string {
  if (!lane) return 'the start'
  return lane.name === lane.process.name ? lane.name : `${lane.name} in ${lane.process.name}`
}
