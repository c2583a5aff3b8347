// One event in SVG: its number, its mark, and the line of code it comes from. Messages slant, since
// they take their time; a question to a store does not. Something that went wrong has a band behind
// it and an exclamation mark before its number.

import { type Layout, placed, type Words } from './layout.ts'
import type { Sign } from './marks.ts'
import type { Row } from './rows.ts'
import { drawArrow } from './svg-arrow.ts'
import { colours, element, line, type Point, unit, words, wordsOver } from './svg-elements.ts'

export type Sheet = {
  readonly layout: Layout
  readonly width: number
  readonly gutter: number
  readonly rowHeight: number
  /** Where arrows go, a little below the middle: their labels stand above them. */
  readonly middle: number
  readonly xs: readonly number[]
}

/** What stands behind the lanes. */
export function drawBand({ isTrouble }: Row, y: number, { rowHeight, width }: Sheet): string[] {
  if (!isTrouble) return []
  return [element('rect', { x: 1, y, width: width - 2, height: rowHeight, fill: colours.alarm })]
}

/** What stands on them; `y` is the top of the row. */
export function drawRow(row: Row, y: number, sheet: Sheet): string[] {
  const { mark } = row
  const { xs, gutter } = sheet
  const middle = y + sheet.middle
  const place = placed(mark, sheet.layout)
  const bold = row.isTrouble ? { fill: colours.trouble, 'font-weight': 'bold' } : {}
  const halo = row.isTrouble ? { stroke: colours.alarm } : {}
  const text = place.words
  const shape =
    mark.shape === 'arrow'
      ? drawArrow(mark, { middle, xs, label: place.label, halo })
      : mark.shape === 'sign'
        ? drawSign(mark, { x: xs[mark.lane] ?? 0, y: middle })
        : []
  return [
    ...margins(row, middle, { sheet, text }),
    ...shape,
    ...(text
      ? [
          wordsOver({ x: gutter + text.at * unit, y: middle + 4.5 }, text.text, {
            ...halo,
            ...bold,
            ...(mark.shape === 'across' ? { fill: colours.faint, 'font-style': 'italic' } : {}),
          }),
        ]
      : []),
  ]
}

type Margins = { readonly sheet: Sheet; readonly text: Words | undefined }

function margins(
  { event, isTrouble, number }: Row,
  middle: number,
  { sheet, text }: Margins,
): string[] {
  const { source } = event
  const y = middle + 4.5
  const end = { 'text-anchor': 'end', fill: colours.faint, 'font-size': 12 }
  const parts = number === '' ? [] : [words({ x: sheet.gutter - 12, y }, number, end)]
  if (isTrouble) {
    parts.push(words({ x: 5, y }, '!', { fill: colours.trouble, 'font-weight': 'bold' }))
  }
  if (!source) return parts
  const where = `${source.file}:${source.line}`
  const { columns, width } = sheet.layout
  const used = Math.max(columns.at(-1) ?? 0, text ? text.at + text.text.length : 0)
  if (used + 2 + where.length > width) return parts
  return [...parts, words({ x: sheet.width - 12, y }, where, end)]
}

function drawSign({ what }: Sign, { x, y }: Point): string[] {
  if (what === 'note') return [element('circle', { cx: x, cy: y, r: 3.5, fill: colours.ink })]
  const half = what === 'crash' ? 12 : 9
  const look =
    what === 'crash'
      ? { stroke: colours.trouble, 'stroke-width': 6 }
      : { stroke: colours.ink, 'stroke-width': 2.4 }
  return [line({ x: x - half, y }, { x: x + half, y }, look)]
}
