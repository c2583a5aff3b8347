// Properties of what is left in the store at the end.

import type { View } from './view.ts'
import { type Verdict, Violation } from './violation.ts'

/** Nothing is stored under this prefix any more: what was needed for a while has been cleaned
 *  up. */
export function nothingLeft(end: View, prefix: string): Verdict {
  const left = end.entities(prefix).map(({ key }) => key)
  if (left.length === 0) return undefined
  return new Violation(
    'LEFTOVERS',
    `expected nothing under ${prefix} at the end, got ${left.slice(0, 3).join(', ')}` +
      (left.length > 3 ? ` and ${left.length - 3} more` : ''),
    { about: left },
  )
}

/** Nothing of a kind is left inside of the entities under this prefix. `leftIn` names what is, in
 *  the value of one. */
export function nothingLeftIn<T>(
  end: View,
  prefix: string,
  leftIn: (value: T) => readonly string[],
): Verdict {
  for (const { key, value } of end.entities<T>(prefix)) {
    const left = leftIn(value)
    if (left.length === 0) continue
    const sentence = `expected nothing left over in ${key} at the end, got ${left.join(', ')}`
    return new Violation('LEFTOVERS', sentence, { about: [key, ...left] })
  }
  return undefined
}

/** There are at most `limit` entries under this prefix, however many messages there were. */
export function boundedGrowth(end: View, prefix: string, limit: number): Verdict {
  const count = end.entities(prefix).length
  if (count <= limit) return undefined
  return new Violation(
    'STORE_UNBOUNDED',
    `expected at most ${limit} entries under ${prefix}, got ${count}`,
    { about: end.entities(prefix).map(({ key }) => key) },
  )
}
