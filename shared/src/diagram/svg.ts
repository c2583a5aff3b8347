// A diagram as an SVG file that stands alone: no scripts, no fonts, no styles from outside, and a
// background of its own, so that it can be read on white and on dark pages. It is drawn for a width
// of 900 pixels. Whoever cannot see it finds the same story in its description.

import { layoutOf } from './layout.ts'
import { sentenceOf } from './marks.ts'
import type { Diagram } from './model.ts'
import { type Row, rowsOf } from './rows.ts'
import { colours, element, escaped, fontSize, unit } from './svg-elements.ts'
import { headingHeight, headTop, laneHead } from './svg-heading.ts'
import { lifelines } from './svg-lifelines.ts'
import { drawBand, drawRow, type Sheet } from './svg-row.ts'
import { drawVerdict, verdictHeight } from './svg-verdict.ts'

const width = 900
const gutter = 52
const margin = 12
const rowHeight = 34
const middle = 21
const font =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, &quot;DejaVu Sans Mono&quot;, monospace'

export function svgDiagram(diagram: Diagram): string {
  const rows = rowsOf(diagram, diagram.lanes)
  const heights = heightsOf(rows)
  const { bottom } = heights
  const late = rows.length === 0 ? diagram.verdict : undefined
  const height = bottom + (late ? verdictHeight(late, width) : margin)
  const parts = [
    element('title', {}, escaped(diagram.verdict?.code ?? 'A run')),
    element('desc', {}, escaped(story(diagram, rows))),
    element('rect', {
      x: 0.5,
      y: 0.5,
      width: width - 1,
      height: height - 1,
      rx: 6,
      fill: colours.paper,
      stroke: colours.frame,
    }),
    ...picture(diagram, rows, heights),
    ...(late ? drawVerdict(late, bottom, width) : []),
  ]
  const size = { width, height, viewBox: `0 0 ${width} ${height}` }
  const look = { 'font-family': font, 'font-size': fontSize, fill: colours.ink }
  const svg = { xmlns: 'http://www.w3.org/2000/svg', role: 'img', ...size, ...look }
  return `${element('svg', svg, `\n${parts.join('\n')}\n`)}\n`
}

type Heights = {
  /** Where each row begins. */
  readonly tops: readonly number[]
  /** Where the last row ends, and the lanes with it. */
  readonly lanesEnd: number
  readonly bottom: number
}

function heightsOf(rows: readonly Row[]): Heights {
  let [lanesEnd, bottom] = [headingHeight, headingHeight]
  const tops = rows.map(({ verdict }) => {
    const top = bottom
    lanesEnd = top + rowHeight
    bottom = lanesEnd + (verdict ? verdictHeight(verdict, width) : 0)
    return top
  })
  return { tops, lanesEnd, bottom }
}

function picture({ lanes }: Diagram, rows: readonly Row[], { tops, lanesEnd }: Heights): string[] {
  const marks = rows.map(({ mark }) => mark)
  const room = { width: Math.floor((width - gutter - margin) / unit), apart: 4, looseGap: 24 }
  const layout = layoutOf(lanes, marks, room)
  const xs = layout.columns.map((column) => gutter + column * unit)
  const sheet: Sheet = { layout, width, gutter, rowHeight, middle, xs }
  const each = (draw: (row: Row, top: number) => string[]): string[] =>
    rows.flatMap((row, index) => draw(row, tops[index] ?? 0))
  return [
    ...each((row, top) => drawBand(row, top, sheet)),
    ...lifelines(rows, xs, {
      top: headTop,
      middles: tops.map((top) => top + middle),
      bottom: lanesEnd,
    }),
    ...lanes.map((lane, index) => laneHead(lane, xs[index] ?? 0, layout.titles[index] ?? '')),
    ...each((row, top) => drawRow(row, top, sheet)),
    ...each(({ verdict }, top) => (verdict ? drawVerdict(verdict, top + rowHeight, width) : [])),
  ]
}

function story({ lanes, verdict }: Diagram, rows: readonly Row[]): string {
  const steps = rows.map(({ event, mark }) => `${event.step}. ${sentenceOf(mark, lanes)}.`)
  return [...(verdict ? [`${verdict.sentence}.`] : []), ...steps].join(' ')
}
