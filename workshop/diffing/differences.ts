// What differs between two answers, apart from how they are formatted: hunks in which other words
// stand. Comments are no difference either.

import { type Hunk, hunksOf, linesOf } from './hunks.ts'
import { tokensOf } from './tokens.ts'

/** The hunks from `mine` to `theirs` that say something else. Empty where both say the same. */
export function differences(mine: string, theirs: string): readonly Hunk[] {
  const hunks = hunksOf(mine, theirs)
  const [removed, added] = [wordsOf(mine), wordsOf(theirs)]
  const kept: Hunk[] = []
  for (let at = 0; at < hunks.length;) {
    // What moves across an unchanged line, such as a bracket, takes several hunks to come out even.
    const even = hunks.findIndex((last, index) => {
      const first = hunks[at]
      if (index < at || !first) return false
      const [before, after] = [last.from + last.removed.length, last.to + last.added.length]
      return removed(first.from, before) === added(first.to, after)
    })
    const hunk = hunks[at]
    if (even < 0 && hunk) kept.push(hunk)
    at = even < 0 ? at + 1 : even + 1
  }
  return kept
}

/** Whether the two say the same, however they are formatted. */
export const isSame = (mine: string, theirs: string): boolean =>
  differences(mine, theirs).length === 0

/** The tokens of the lines from one to before another, as one text. */
function wordsOf(source: string): (from: number, end: number) => string {
  const lines: string[] = linesOf(source).map(() => '')
  for (const { text, line } of tokensOf(source)) lines[line] += `${text}\n`
  return (from, end) => lines.slice(from, end).join('')
}
