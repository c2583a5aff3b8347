// Hunks as a unified diff, with lines of context. Without `columns` it is one that `git apply`
// takes; with them it is for reading: what is too long goes on below its sign.

import { type Hunk, hunksOf, linesOf } from './hunks.ts'

export type UnifiedOptions = {
  /** What the two texts are called: `yours`, `the solution`. */
  readonly from: string
  readonly to: string
  /** The widest line. Default: as wide as the texts are. */
  readonly columns?: number
  /** What to show. Default: all that differs. Of what is left out, the first text is shown. */
  readonly hunks?: readonly Hunk[]
}

const context = 3

/** The lines of the diff, without their ends. Empty where nothing differs. */
export function unified(a: string, b: string, options: UnifiedOptions): readonly string[] {
  const { from, to, columns, hunks = hunksOf(a, b) } = options
  if (hunks.length === 0) return []
  const mine = linesOf(a)
  const lines = [
    `--- ${from}`,
    `+++ ${to}`,
    ...regionsOf(hunks).flatMap((region) => regionLines(region, mine)),
  ]
  return columns === undefined ? lines : lines.flatMap((line) => folded(line, columns))
}

/** Hunks whose lines of context would touch are shown as one. */
function regionsOf(hunks: readonly Hunk[]): readonly (readonly [Hunk, ...Hunk[]])[] {
  const regions: [Hunk, ...Hunk[]][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const hunk of hunks) {
    if (hunk.from - end <= 2 * context) regions.at(-1)?.push(hunk)
    else regions.push([hunk])
    end = hunk.from + hunk.removed.length
  }
  return regions
}

function regionLines(
  region: readonly [Hunk, ...Hunk[]],
  mine: readonly string[],
): readonly string[] {
  const [first] = region
  const start = Math.max(0, first.from - context)
  const lines: string[] = []
  let at = start
  for (const { from, removed, added } of region) {
    lines.push(
      ...mine.slice(at, from).map((line) => ` ${line}`),
      ...removed.map((line) => `-${line}`),
      ...added.map((line) => `+${line}`),
    )
    at = from + removed.length
  }
  lines.push(...mine.slice(at, at + context).map((line) => ` ${line}`))
  const [old, fresh] = ['-', '+'].map((sign) => lines.filter((line) => !line.startsWith(sign)))
  // Lines that are removed are not in the new text, and the other way round.
  const [before, after] = [fresh?.length ?? 0, old?.length ?? 0]
  const shift = first.to - first.from
  return [`@@ -${span(start, before)} +${span(start + shift, after)} @@`, ...lines]
}

/** An empty span is named by the line before it. */
const span = (start: number, size: number): string =>
  `${size === 0 ? start : start + 1}${size === 1 ? '' : `,${size}`}`

/** `line` in pieces of at most `columns`, each after the sign of the first. */
export function folded(line: string, columns: number): readonly string[] {
  if (line.length <= columns) return [line]
  const sign = /^[-+ ]/.test(line) && !/^(---|\+\+\+) /.test(line) ? line.slice(0, 1) : ' '
  const indent = /^ */.exec(line.slice(1))?.[0].length ?? 0
  // A line that is indented by more than half goes on at half.
  const lead = sign + ' '.repeat(Math.min(indent + 4, Math.floor(columns / 2)))
  const lines: string[] = []
  let rest = line
  while (rest.length > columns) {
    const space = rest.lastIndexOf(' ', columns)
    const at = space > lead.length ? space : columns
    lines.push(rest.slice(0, at))
    rest = lead + rest.slice(at).trimStart()
  }
  return [...lines, rest]
}
