// Runs a specification through every schedule within its bounds, on a simulated broker and store,
// and shows the simplest schedule that breaks a promise. The report says what was covered.

import { channel } from 'node:diagnostics_channel'
import { isFailureCode, Violation } from '../check/index.ts'
import {
  type Coverage,
  exploreSystem,
  type Finding,
  replaySystem,
  type SystemOptions,
} from '../simulation/index.ts'
import { pictureOf } from './picture.ts'
import { logOf } from './log.ts'
import { leavesOut, playAskedFor } from './player.ts'
import { asAskedFor, markOf, replayLine, type ReplayRequest, replayRequest } from './replay-line.ts'
import { simulatedStage } from './simulated-stage.ts'
import type { Specification } from './specification.ts'

export type Report = {
  readonly coverage: Coverage
  readonly schedules: number
  readonly steps: number
}

/** Where every exploration says what it covered (`node:diagnostics_channel`), red or green, for
 *  whoever shows it. */
export const exploredChannel = 'workshop.explored'

/** What is told there. */
export type Explored = Report & { readonly ok: boolean }

/** Explores a specification. Rejects with the `Violation` of the simplest schedule that fails; its
 *  message has the picture of it, and the line that replays it. No report: what was asked for, from
 *  outside, was one schedule, or to play it on real adapters. */
export async function explore(asked: Specification): Promise<Report | undefined> {
  const specification = asAskedFor(asked)
  if (isLong(specification) && (await leavesOut('what lasts for more than 10 s'))) return undefined
  const play = playAskedFor()
  if (play) {
    await play(specification)
    return undefined
  }
  const here = callerOf(new Error('explored here'))
  const mark = markOf(specification)
  const request = replayRequest()
  if (request) return replayed(specification, { request, mark, here })
  const { counterexample, coverage, missed, schedules, steps } = await exploreSystem({
    ...systemOf(specification),
    ...(specification.effort ? { effort: specification.effort } : {}),
  })
  const [goal] = missed
  const ok = !counterexample && goal === undefined
  channel(exploredChannel).publish({ ok, coverage, schedules, steps } satisfies Explored)
  if (counterexample) {
    const { finding, schedule, trace } = counterexample
    const picture = pictureOf(trace, finding)
    throw violationOf(finding, { picture, schedule: `${mark}-${schedule}`, here })
  }
  if (goal !== undefined) {
    const sentence = `expected some schedule to reach "${goal}", got none`
    throw new Violation('NOTHING_HAPPENED', `${sentence} of ${schedules}`)
  }
  return { coverage, schedules, steps }
}

const isLong = ({ lastsMs = 0 }: Specification): boolean => lastsMs > 10_000

/** The promises of a report, in a sentence that claims no more than was done. */
export function summaryOf({ coverage, schedules }: Report): string {
  return coverage.kind === 'all'
    ? `all schedules within these bounds hold: ${coverage.states} states`
    : `${schedules} schedules tried, none failed`
}

/** What is given to the explorer. A coin may fall on heads once, unless it is said otherwise. */
export const systemOf = (specification: Specification): SystemOptions => ({
  system: simulatedStage(specification),
  faults: { coins: 1, ...specification.faults },
  ...(specification.time ? { time: specification.time } : {}),
})

type Shown = { readonly picture: string; readonly schedule: string; readonly here: string }

export function violationOf(
  { code, sentence, about = [], cause }: Finding,
  { picture, schedule, here }: Shown,
): Violation {
  if (!isFailureCode(code)) throw new Error(sentence, { cause })
  const line = replayLine(schedule, here)
  const replay = line === undefined ? '' : `\n\nSee it step by step:\n  ${line}`
  const violation = new Violation(code, sentence, { about, cause, picture: `${picture}${replay}` })
  // What failed is the test, not the explorer.
  violation.stack = `${violation.name}: ${violation.message}\n${here}`
  return violation
}

/** The frames of whoever called what made the error. */
export const callerOf = ({ stack = '' }: Error): string => stack.split('\n').slice(2).join('\n')

type Requested = { readonly request: ReplayRequest; readonly mark: string; readonly here: string }

/** Runs one schedule only, where it is one of this specification. */
async function replayed(
  specification: Specification,
  { request, mark, here }: Requested,
): Promise<undefined> {
  if (request.mark !== mark) return undefined
  const run = await replaySystem(request.schedule, systemOf(specification))
  const { finding, trace } = run
  const picture = pictureOf(trace, finding)
  // A replay is asked for by a person, who wants to read it, and to see also what holds.
  console.log(`${logOf(run)}\n${picture === '' ? '' : `\n${picture}`}`)
  if (!finding) return undefined
  throw violationOf(finding, { picture, schedule: `${mark}-${request.schedule}`, here })
}
