// Properties of entities whose keys nobody knows beforehand, because their ids are made on the way:
// they are counted.

import type { View } from './view.ts'
import { type Verdict, Violation } from './violation.ts'

export type Counted = {
  /** Under which their keys begin: `ann/orders/`. */
  readonly prefix: string
  /** One of them, for the sentence: `order of ann`. */
  readonly what: string
}

/** At no moment are there two of them. Holds as long as there is none, too: for `always`. */
export function neverTwo(now: View, { prefix, what }: Counted): Verdict {
  const keys = now.entities(prefix).map(({ key }) => key)
  if (keys.length < 2) return undefined
  const sentence = `expected one ${what}, got ${keys.length}: ${keys.join(', ')}`
  return new Violation('DUPLICATE_EFFECT', sentence, { about: keys })
}

/** In the end there is one of them: not none, and not two. */
export function exactlyOne(end: View, { prefix, what }: Counted): Verdict {
  if (end.entities(prefix).length > 0) return neverTwo(end, { prefix, what })
  return new Violation('LOST_MESSAGE', `expected one ${what}, got none`)
}
