// What a test expects of an exploration that is not meant to be green: a hole that is known, a bug
// that was planted. Each says so with a code of its own where it is otherwise.
//
// An exploration that gives no report was not one: from outside, one schedule was asked for, or to
// play it on real adapters. Then nothing is said of it.

import { type FailureCode, Violation } from '../check/index.ts'
import type { Report } from './explore.ts'
import type { Followed } from './follow.ts'

type Exploration = Promise<Report | undefined>

/** Holds where `exploration` fails with `code`: that hole is known, and open. With another code the
 *  failure is passed on; where every schedule holds, the hole is closed, which is a
 *  `FALSE_ALARM`. Without a code there is no hole known, and any failure is passed on. */
export async function knownHole(
  code: FailureCode | undefined,
  exploration: Exploration,
): Promise<void> {
  const report = await survived(exploration, (failure) => failure === code)
  if (!report || code === undefined) return
  throw new Violation(
    'FALSE_ALARM',
    `expected the known hole ${code}, got ${report.schedules} schedules that hold. Is it closed? ` +
      'Then say so: it is no longer a known hole',
  )
}

/** What says nothing of a planted bug: whoever plants it has made a mistake. */
const ownMistakes: readonly FailureCode[] = ['REAL_TIME_USED', 'NOT_AWAITED', 'HIDDEN_STATE']

/** Holds where `exploration` fails: the planted bug called `name` was found. `BUG_SURVIVED`
 *  otherwise. A failure that no bug in a handler explains, such as `REAL_TIME_USED`, is passed
 *  on. */
export async function findsBug(name: string, exploration: Exploration): Promise<void> {
  const report = await survived(exploration, (failure) => !ownMistakes.includes(failure))
  if (!report) return
  throw new Violation(
    'BUG_SURVIVED',
    `expected the planted bug to turn red, got ${report.schedules} schedules in which it does no ` +
      `harm: ${name}`,
  )
}

/** Holds where `exploration` holds: the handler called `name` is correct. `FALSE_ALARM` with the
 *  picture of what failed otherwise. */
export async function sparesCorrect(name: string, exploration: Exploration): Promise<void> {
  try {
    await exploration
  } catch (error) {
    if (!(error instanceof Violation)) throw error
    const { code, sentence, about, message } = error
    throw new Violation(
      'FALSE_ALARM',
      `expected a correct handler to hold, got ${code}: ${sentence} (${name})`,
      { about, cause: error, picture: message.slice(message.indexOf('\n\n') + 2) },
    )
  }
}

/** Holds where the scenario fails with `code`, which is what it was written for. `BUG_SURVIVED`,
 *  with the picture, where it does no harm; whatever else it fails with is passed on. */
export async function provokes(
  code: FailureCode,
  followed: Promise<Followed | undefined>,
): Promise<void> {
  const harmless = await survived(followed, (failure) => failure === code)
  if (!harmless) return
  const sentence = `expected the schedule to end in ${code}, got one that holds`
  throw new Violation('BUG_SURVIVED', sentence, { picture: harmless.picture })
}

/** What a run gives that holds; nothing where it fails with a code that is meant. What else it
 *  fails with is passed on. */
function survived<T>(
  run: Promise<T | undefined>,
  isMeant: (code: FailureCode) => boolean,
): Promise<T | undefined> {
  return run.catch((error: unknown) => {
    if (error instanceof Violation && isMeant(error.code)) return undefined
    throw error
  })
}
