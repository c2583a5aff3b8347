// Properties of a run, as sentences: each says what must hold, and with which code it fails.

import { type BodyOf, canonicalJson, type Definition, header } from '../message/index.ts'
import { TooLarge } from '../world/index.ts'
import { isFailureCode } from './codes.ts'
import type { View } from './view.ts'
import { type Verdict, Violation } from './violation.ts'

/** The effect of one message is there, and once: `effect` stands in `effects` exactly one time. */
export const effectOnce = <T>(effects: readonly T[], effect: T): Verdict =>
  effectTimes(effects, effect, 1)

/** The effects of `wanted` messages are there, each once: `effect` stands in `effects` that often.
 *  `NOTHING_HAPPENED` where it is not there at all, `LOST_MESSAGE` where it is there too seldom. */
export function effectTimes<T>(effects: readonly T[], effect: T, wanted: number): Verdict {
  const json = canonicalJson(effect)
  const times = effects.filter((one) => one === effect || canonicalJson(one) === json).length
  if (times === wanted) return undefined
  const sentence = `expected ${JSON.stringify(effect)} ${often(wanted)}, got it ${often(times)}`
  if (times > wanted) return new Violation('DUPLICATE_EFFECT', sentence)
  return new Violation(times === 0 ? 'NOTHING_HAPPENED' : 'LOST_MESSAGE', sentence)
}

const often = (times: number): string =>
  times === 0 ? 'not at all' : times === 1 ? 'once' : `${times} times`

/** A message of this type was published with this body, once or more often. */
export function published<D extends Definition>(
  end: View,
  definition: D,
  body: BodyOf<D>,
): Verdict {
  const wanted = canonicalJson(body)
  if (end.published(definition).some((one) => canonicalJson(one) === wanted)) return undefined
  return new Violation(
    'LOST_MESSAGE',
    `expected ${definition.type} ${wanted} to be published, got no such message`,
    { about: namesIn(body) },
  )
}

/** The texts in a body: among them the key of the entity that it is about. */
export const namesIn = (body: unknown): readonly string[] =>
  typeof body === 'object' && body !== null
    ? Object.values(body).filter((one): one is string => typeof one === 'string')
    : []

export type Kept<T> = {
  readonly key: string
  /** The effect, for the sentence: `porsche in order-1`. */
  readonly what: string
  /** Whether a stored value of the entity shows the effect. */
  readonly shows: (value: T) => boolean
}

/** An effect that every input was promised is there at the end. `LOST_UPDATE` when it had been
 *  saved and somebody overwrote it, `LOST_MESSAGE` when it never was. */
export function kept<T>(end: View, { key, what, shows }: Kept<T>): Verdict {
  if (isShown(end, { key, shows })) return undefined
  const about = [key]
  return shownAfterWrites(end, { key, shows }).includes(true)
    ? new Violation('LOST_UPDATE', `expected ${what}, got it overwritten by a later save`, {
        about,
      })
    : new Violation('LOST_MESSAGE', `expected ${what}, got a message that had no effect`, { about })
}

/** An effect that was taken back is gone at the end. `NOTHING_HAPPENED` when it was never gone,
 *  `STALE_WRITE` when it was, and came back. */
export function gone<T>(end: View, { key, what, shows }: Kept<T>): Verdict {
  if (!isShown(end, { key, shows })) return undefined
  const shown = shownAfterWrites(end, { key, shows })
  const about = [key]
  const wasGone = shown.slice(shown.indexOf(true)).includes(false)
  return wasGone
    ? new Violation('STALE_WRITE', `expected no ${what} any more, got it back`, { about })
    : new Violation('NOTHING_HAPPENED', `expected no ${what} any more, got it still there`, {
        about,
      })
}

type Effect<T> = Pick<Kept<T>, 'key' | 'shows'>

/** Whether the entity shows the effect at the end, be it that it was there from the beginning. */
function isShown<T>(end: View, { key, shows }: Effect<T>): boolean {
  const value = end.entity<T | undefined>(key, undefined)
  return value !== undefined && shows(value)
}

/** Whether the entity shows the effect after each write to it: nothing does once it is removed. */
const shownAfterWrites = <T>(end: View, { key, shows }: Effect<T>): readonly boolean[] =>
  end.history.flatMap((event) => {
    if (event.kind === 'saved' && event.key === key) return [shows(event.value as T)]
    return event.kind === 'removed' && event.key === key ? [false] : []
  })

/** No message ended in the dead letters. */
export function noDeadLetters(end: View): Verdict {
  const [first] = end.deadLetters
  if (!first) return undefined
  const reason = first.headers[header.deadReason] ?? 'no reason given'
  return new Violation('DEAD_LETTERED', `expected no dead letter, got ${first.type}: ${reason}`)
}

/** No handler failed with an error that carries a failure code of its own, as a forgotten await
 *  does. */
export function noCodedFailure(end: View): Verdict {
  for (const event of end.history) {
    const violation = event.kind === 'failed' ? codedFailure(event.error) : undefined
    if (violation) return violation
  }
  return undefined
}

/** What an error says that carries a failure code of its own, or of a value that is too large for
 *  its store; undefined for any other. */
export function codedFailure(error: unknown): Verdict {
  if (error instanceof TooLarge && error.limit === 'maxValueBytes') {
    return new Violation('ENTITY_TOO_LARGE', error.message, { cause: error })
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (!(error instanceof Error) || !isFailureCode(code)) return undefined
  return new Violation(code, error.message, { cause: error })
}
