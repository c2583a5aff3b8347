// One event as one line of text: the lanes as they stand, and its mark over them.

import { type Layout, placed } from './layout.ts'
import type { Arrow, Line } from './marks.ts'
import type { LaneState, Row } from './rows.ts'
import type { TextLine } from './text-line.ts'

const lifelines: Record<LaneState, string> = { idle: '│', busy: '┃', down: ' ' }
const strokes: Record<Line, string> = { single: '─', double: '═', dashed: '┄' }

export type Place = { readonly layout: Layout; readonly gutter: number }

export function drawRow(line: TextLine, row: Row, { layout, gutter }: Place): void {
  const { mark, before, after } = row
  const columns = layout.columns.map((column) => column + gutter)
  for (const [index, at] of columns.entries()) {
    line.put(at, lifelines[during(before[index], after[index])])
  }
  const { label, words } = placed(mark, layout)
  if (mark.shape === 'arrow') drawArrow(line, { ...mark, label }, columns)
  if (mark.shape === 'sign' && mark.what === 'crash') {
    const sign = `#### ${mark.words} ####`
    // The number of the step stays to be read, even beside the first lane.
    line.putCentred(Math.max(columns[mark.lane] ?? 0, gutter + (sign.length >> 1)), sign)
  } else if (words) {
    // A word and the lane beside it stay apart.
    line.put(gutter + words.at - 1, ` ${words.text} `)
  }
}

/** What a lane is doing in the line itself: work that begins or ends there is still shown. */
function during(before: LaneState = 'idle', after: LaneState = 'idle'): LaneState {
  const both = [before, after]
  return both.includes('busy') ? 'busy' : both.includes('idle') ? 'idle' : 'down'
}

function drawArrow(line: TextLine, arrow: Arrow, columns: readonly number[]): void {
  const from = columns[arrow.from] ?? 0
  const to = columns[arrow.to] ?? 0
  const start = Math.min(from, to) + 1
  const room = Math.max(from, to) - start
  // What is lost ends on the way, after its label.
  const length = arrow.end === 'lost' ? Math.min(room, (room + arrow.label.length) >> 1) : room
  const shaft = strokes[arrow.line].repeat(Math.max(0, length - 1))
  const before = (shaft.length - arrow.label.length) >> 1
  const labelled =
    arrow.label === ''
      ? shaft
      : shaft.slice(0, before) + arrow.label + shaft.slice(before + arrow.label.length)
  const end = arrow.end === 'head' ? (from < to ? '>' : '<') : 'x'
  if (from < to) line.put(start, labelled + end)
  else line.put(start + room - length, end + labelled)
}
