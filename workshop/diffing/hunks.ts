// The difference between two texts, as hunks in reading order. Lines are compared whole; how they
// end (CRLF or LF, a newline after the last or none) is no difference.

import { matching } from './matching.ts'

/** Lines that differ, with nothing alike between them. One of the two lists may be empty. */
export type Hunk = {
  /** How many lines of the one text, and of the other, stand before it. */
  readonly from: number
  readonly to: number
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

/** The lines of a text, without their ends. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/)
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** What has to change in `a` so that it reads as `b`. Empty where they do. */
export function hunksOf(a: string, b: string): readonly Hunk[] {
  const [mine, theirs] = [linesOf(a), linesOf(b)]
  const hunks: Hunk[] = []
  let [from, to] = [0, 0]
  for (const match of [...matching(mine, theirs), { a: mine.length, b: theirs.length }]) {
    if (match.a > from || match.b > to) {
      hunks.push({
        from,
        to,
        removed: mine.slice(from, match.a),
        added: theirs.slice(to, match.b),
      })
    }
    from = match.a + 1
    to = match.b + 1
  }
  return hunks.map((hunk, index) => {
    const end = hunk.from + hunk.removed.length
    const next = hunks[index + 1]
    // A line stays between it and the next one.
    const most = next ? next.from - end - 1 : mine.length - end
    return slid(hunk, { whole: hunk.added.length > 0 ? theirs : mine, most })
  })
}

/** `a` with those of its hunks that are given. Ends with a newline, unless it is empty. */
export function applied(a: string, hunks: readonly Hunk[]): string {
  const lines = linesOf(a)
  const parts: string[] = []
  let at = 0
  for (const { from, removed, added } of hunks) {
    parts.push(...lines.slice(at, from), ...added)
    at = from + removed.length
  }
  return [...parts, ...lines.slice(at)].map((line) => `${line}\n`).join('')
}

/** How many lines they add, and how many they remove. */
export function sizeOf(hunks: readonly Hunk[]): {
  readonly added: number
  readonly removed: number
} {
  return {
    added: hunks.reduce((sum, { added }) => sum + added.length, 0),
    removed: hunks.reduce((sum, { removed }) => sum + removed.length, 0),
  }
}

type Slide = {
  /** The text that has its lines. */
  readonly whole: readonly string[]
  /** By how many lines at most. */
  readonly most: number
}

/** Lines that only come, or only go, may stand where the same lines stand once more: they are moved
 *  down to where the least indented line comes first, so that a function begins with its head. */
function slid(hunk: Hunk, { whole, most }: Slide): Hunk {
  const { removed, added } = hunk
  if (removed.length > 0 === added.length > 0) return hunk
  const size = removed.length + added.length
  const start = added.length > 0 ? hunk.to : hunk.from
  let by = 0
  let least = indentOf(whole[start] ?? '')
  for (let down = 1; down <= most; down += 1) {
    if (whole[start + down - 1] !== whole[start + size + down - 1]) break
    const indent = indentOf(whole[start + down] ?? '')
    if (indent <= least) [by, least] = [down, indent]
  }
  const lines = whole.slice(start + by, start + by + size)
  return {
    from: hunk.from + by,
    to: hunk.to + by,
    removed: removed.length > 0 ? lines : [],
    added: added.length > 0 ? lines : [],
  }
}

/** A blank line is no place to begin. */
const indentOf = (line: string): number =>
  line.trim() === '' ? Number.POSITIVE_INFINITY : line.length - line.trimStart().length
