// A diagram for the terminal: at most 80 columns, no colours, one line an event. It promises that
// nothing is wrapped; what does not fit ends in an ellipsis. With more than six lanes, stores and
// then queues are named in words instead. It leaves nothing out: that is what `folded` is for.

import { type Layout, layoutOf } from './layout.ts'
import { clean, wrapped } from './words.ts'
import type { Diagram, Lane, LaneKind, Source, Verdict } from './model.ts'
import { rowsOf } from './rows.ts'
import { TextLine } from './text-line.ts'
import { drawRow } from './text-row.ts'

const width = 80
/** For the number of the step. */
const gutter = 5
const lanesMost = 6

export function textDiagram(diagram: Diagram): string {
  const lanes = fewEnough(diagram.lanes)
  const rows = rowsOf(diagram, lanes)
  const marks = rows.map(({ mark }) => mark)
  const layout = layoutOf(lanes, marks, { width: width - gutter, apart: 2 })
  const lines = heading(lanes, layout).map((line) => ' '.repeat(gutter) + line)
  for (const row of rows) {
    const { source } = row.event
    const line = new TextLine(width)
    line.put(0, `${`${row.isTrouble ? '!' : ''}${row.number}`.padStart(gutter - 1)} `)
    drawRow(line, row, { layout, gutter })
    if (source) line.putLast(inFile(source))
    lines.push(line.text)
    if (row.verdict) lines.push(...box(row.verdict))
  }
  if (rows.length === 0 && diagram.verdict) lines.push(...box(diagram.verdict))
  return `${lines.join('\n')}\n`
}

function fewEnough(lanes: readonly Lane[]): readonly Lane[] {
  let few = lanes
  for (const kind of ['store', 'queue'] satisfies LaneKind[]) {
    if (few.length > lanesMost) few = few.filter((lane) => lane.kind !== kind)
  }
  return few
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

function box({ code, sentence }: Verdict): readonly string[] {
  const inside = width - 8
  const edge = '━'.repeat(inside + 2)
  const lines = wrapped(clean(`${code}: ${sentence}`), inside)
  return [`  ┏${edge}┓`, ...lines.map((line) => `  ┃ ${line.padEnd(inside)} ┃`), `  ┗${edge}┛`]
}
