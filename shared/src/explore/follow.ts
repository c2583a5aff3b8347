// Runs one schedule that somebody has written, instead of looking for one. It keeps to what the
// specification allows: its faults, its instances, its prefetch.

import type { View } from '../check/index.ts'
import { tellSystem } from '../simulation/index.ts'
import { callerOf, systemOf, violationOf } from './explore.ts'
import { logOf } from './log.ts'
import { pictureOf } from './picture.ts'
import { markOf, replayRequest, worldVariable } from './replay-line.ts'
import type { Scenario } from './scenario.ts'
import type { Specification } from './specification.ts'

/** How a scenario went, where nothing was wrong with it. */
export type Followed = { readonly end: View; readonly picture: string }

/** The schedule of a scenario is its acts; there is nothing to add to them. */
const asWritten = '0'

/** Follows `scenario`, and goes on without faults where it ends. Rejects with the `Violation` of
 *  what does not hold, and with `STUCK` where an act is not possible; each with the picture up to
 *  there. Nothing comes back where it was not followed: from outside, another schedule was asked
 *  for, or to play on real adapters, where nobody can say who is next. */
export async function follow(
  specification: Specification,
  scenario: Scenario,
): Promise<Followed | undefined> {
  if ((process.env[worldVariable] ?? '') !== '') return undefined
  const here = callerOf(new Error('followed here'))
  const what = { ...specification, scenario }
  const mark = markOf(what)
  const request = replayRequest()
  if (request && request.mark !== mark) return undefined
  let end: View | undefined
  const ran = await tellSystem(
    scenario,
    systemOf({
      ...specification,
      finally: (view) => {
        end = view
        return specification.finally(view)
      },
    }),
  )
  const { trace, problem } = ran
  const stuck = problem === undefined ? undefined : { code: 'STUCK', sentence: problem }
  const finding = ran.finding ?? stuck
  const picture = pictureOf(trace, finding)
  if (request) console.log(`${logOf({ trace, finding, diverged: [] })}\n\n${picture}`)
  if (finding) throw violationOf(finding, { picture, schedule: `${mark}-${asWritten}`, here })
  if (!end) throw new Error('expected the run to come to its end, got none')
  return { end, picture }
}
