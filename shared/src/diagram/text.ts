// A diagram for the terminal: 60 to 80 columns, no colours, one line an event. It promises that
// nothing is wrapped; what does not fit ends in an ellipsis. Where there are more lanes than room,
// some are named in words instead: see lane-choice.ts. It leaves nothing out: that is what `folded`
// is for.

import { drawingOf } from './lane-choice.ts'
import type { Layout } from './layout.ts'
import { clean, wrapped } from './words.ts'
import type { Diagram, Lane, Source, Verdict } from './model.ts'
import { TextLine } from './text-line.ts'
import { drawRow } from './text-row.ts'

/** For the number of the step. */
const gutter = 5

export type TextOptions = {
  /** The widest line, in characters: 60 to 80. Default 80. */
  readonly columns?: number
}

export function textDiagram(diagram: Diagram, { columns = 80 }: TextOptions = {}): string {
  const { lanes, rows, layout } = drawingOf(diagram, { columns, width: columns - gutter })
  const lines = heading(lanes, layout).map((line) => ' '.repeat(gutter) + line)
  for (const row of rows) {
    const { source } = row.event
    const line = new TextLine(columns)
    line.put(0, `${`${row.isTrouble ? '!' : ''}${row.number}`.padStart(gutter - 1)} `)
    drawRow(line, row, { layout, gutter })
    if (source) line.putLast(inFile(source))
    lines.push(line.text)
    if (row.verdict) lines.push(...box(row.verdict, columns))
  }
  if (rows.length === 0 && diagram.verdict) lines.push(...box(diagram.verdict, columns))
  return `${lines.join('\n')}\n`
}

/** The titles, and below them what kind of thing each is, where the title does not say it. */
function heading(lanes: readonly Lane[], { columns, titles, width }: Layout): readonly string[] {
  const above = new TextLine(width)
  const below = new TextLine(width)
  let free = 0
  for (const [index, { title, kind }] of lanes.entries()) {
    const at = columns[index] ?? 0
    above.putCentred(at, titles[index] ?? '')
    const caption = `(${kind})`
    const from = Math.max(0, at - Math.floor(caption.length / 2))
    // Where two would touch, neither could be read.
    if (title === kind || from < free) continue
    below.putCentred(at, caption)
    free = from + caption.length + 1
  }
  return [above.text, below.text]
}

const inFile = ({ file, line }: Source): string => `${file}:${line}`

function box({ code, sentence }: Verdict, columns: number): readonly string[] {
  const inside = columns - 8
  const edge = '━'.repeat(inside + 2)
  const lines = wrapped(clean(`${code}: ${sentence}`), inside)
  return [`  ┏${edge}┓`, ...lines.map((line) => `  ┃ ${line.padEnd(inside)} ┃`), `  ┗${edge}┛`]
}
