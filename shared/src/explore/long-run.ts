// One long story in the simulated world: thousands of messages, one after the other, through one
// schedule that a seed chooses, with copies that come again after thousands of others. It shows
// what grows, and what is forgotten too soon; it says nothing of other schedules.

import { channel } from 'node:diagnostics_channel'
import { isFailureCode, Violation } from '../check/index.ts'
import type { Outgoing } from '../message/index.ts'
import { type Finding, Trace, walkSystem } from '../simulation/index.ts'
import { callerOf, type Explored, exploredChannel, systemOf } from './explore.ts'
import { pictureOf } from './picture.ts'
import { type Measure, Post } from './post.ts'
import { leavesOut } from './player.ts'
import { scheduleVariable } from './replay-line.ts'
import { simulatedStage } from './simulated-stage.ts'
import type { Faults, Specification } from './specification.ts'

export type LongRunOptions = {
  /** How many there are. */
  readonly messages: number
  /** Message number 1, 2, 3 ... It needs no id. */
  readonly message: (number: number) => Outgoing
  /** How much time passes between two of them, in milliseconds. Default 0. */
  readonly everyMs?: number
  /** How many of them come once more, each after at least a tenth of all others, or at the very
   *  end. Default 0. */
  readonly copies?: number
  /** After which of them everything is measured, at rest. Default: after none. */
  readonly measuredAt?: readonly number[]
  /** Chooses the schedule, and the copies. Default 1. */
  readonly seed?: number
}

export type LongRunReport = { readonly steps: number; readonly measures: readonly Measure[] }

/** As many steps as no message of an exercise takes. */
const stepsPerMessage = 60
/** How much of a run that failed is shown: its end. */
const shownSteps = 24

/** Plays `specification` with `messages` instead of what it gives. `always` must hold whenever a
 *  hundredth of them has been posted. Rejects with the `Violation` of what does not hold; its faults
 *  may be any but `lateCopies`, which are what `copies` says. No report: from outside, something
 *  else was asked for. */
export async function longRun(
  specification: Specification,
  options: LongRunOptions,
): Promise<LongRunReport | undefined> {
  const here = callerOf(new Error('run here'))
  if (await leavesOut('a long run')) return undefined
  if ((process.env[scheduleVariable] ?? '') !== '') return undefined
  checkFaults(specification)
  const walked = await walk(specification, options)
  const { finding, steps, posted, measures } = walked
  const coverage = { kind: 'sampled', schedules: 1, allUpToCost: -1 } as const
  const explored: Explored = { ok: !finding, coverage, schedules: 1, steps }
  channel(exploredChannel).publish(explored)
  if (!finding) return { steps, measures }
  const trace = new Trace()
  // What is wrong at the very end has happened long before it.
  if (posted < options.messages) await walk(specification, options, trace)
  const sentence = `${finding.sentence}, after ${posted} of ${options.messages} messages`
  throw violationOf({ ...finding, sentence }, { trace, here })
}

type Shown = { readonly trace: Trace; readonly here: string }

/** With a picture of how it ended. There is no line that replays it: the test does. */
function violationOf(finding: Finding, { trace, here }: Shown): Error {
  const { code, sentence, about = [], cause } = finding
  if (!isFailureCode(code)) return new Error(sentence, { cause })
  const end = new Trace()
  // Counted from there: nobody looks for step 12,262, and there is no room for it.
  const last = trace.steps.slice(-shownSteps)
  end.steps.push(...last.map((step, index) => ({ ...step, number: index + 1 })))
  const picture = pictureOf(end, finding)
  const violation = new Violation(code, sentence, { about, cause, picture })
  violation.stack = `${violation.name}: ${violation.message}\n${here}`
  return violation
}

function checkFaults({ faults = {} }: Specification): void {
  if (!faults.lateCopies) return
  throw new TypeError('expected a long run without `lateCopies`, got some. Say `copies` instead')
}

type Walked = {
  readonly finding: Finding | undefined
  readonly steps: number
  readonly posted: number
  readonly measures: readonly Measure[]
}

async function walk(
  specification: Specification,
  options: LongRunOptions,
  trace?: Trace,
): Promise<Walked> {
  const { messages, seed = 1 } = options
  const { faults = {}, ...system } = systemOf(specification)
  let post: Post | undefined
  const stage = simulatedStage({ ...specification, given: [] }, (ready) => {
    post = new Post(ready, options)
  })
  const walked = await walkSystem({
    ...system,
    faults,
    system: (simulation) => {
      const { always, ...checks } = stage(simulation)
      return always
        ? { ...checks, always: () => (post?.takesStock() ? always() : undefined) }
        : checks
    },
    maxSteps: messages * stepsPerMessage,
    seed,
    faultProbability: probabilityOf(faults, messages),
    ...(trace ? { trace } : {}),
  })
  return { ...walked, posted: post?.posted ?? 0, measures: post?.measures ?? [] }
}

/** So that all of them are spent early in the run, and not at once. */
function probabilityOf(faults: Faults, messages: number): number {
  const all = Object.values(faults).reduce((sum, count) => sum + count, 0)
  return Math.min(0.1, (2 * all) / (messages * 5))
}
