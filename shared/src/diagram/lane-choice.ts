// Which lanes a picture in text has, and which are named in words instead. In 80 columns there is
// room for six. In fewer, lanes go where the words that would be cut off are worth more: queues
// that nobody takes anything from, then stores, then all queues.

import { type Layout, layoutOf, placed } from './layout.ts'
import type { Diagram, DiagramEvent, Lane, LaneKind } from './model.ts'
import { type Row, rowsOf } from './rows.ts'
import { clean } from './words.ts'

export type Drawing = {
  readonly lanes: readonly Lane[]
  readonly rows: readonly Row[]
  readonly layout: Layout
}

const wide = 80
const lanesMost = 6

/** How to draw `diagram` in lines of `columns` characters, of which the last `width` are for it. */
export function drawingOf(
  diagram: Diagram,
  { columns, width }: { readonly columns: number; readonly width: number },
): Drawing {
  const draw = (lanes: readonly Lane[]): Drawing => {
    const rows = rowsOf(diagram, lanes)
    const marks = rows.map(({ mark }) => mark)
    return { lanes, rows, layout: layoutOf(lanes, marks, { width, apart: 2 }) }
  }
  const few = fewEnough(diagram.lanes)
  if (columns >= wide) return draw(few)
  const drawings = choicesOf(diagram).map(draw)
  const costs = drawings.map((drawing) => costOf(drawing, diagram))
  return drawings[costs.indexOf(Math.min(...costs))] ?? draw(few)
}

function fewEnough(lanes: readonly Lane[]): readonly Lane[] {
  let few = lanes
  for (const kind of ['store', 'queue'] satisfies LaneKind[]) {
    if (few.length > lanesMost) few = without(few, kind)
  }
  return few
}

const without = (lanes: readonly Lane[], kind: LaneKind): readonly Lane[] =>
  lanes.filter((lane) => lane.kind !== kind)

/** From the most lanes to the fewest. */
function choicesOf({ lanes, events }: Diagram): readonly (readonly Lane[])[] {
  const served = new Set(events.flatMap(servedBy))
  const taken = lanes.filter(({ id, kind }) => kind !== 'queue' || served.has(id))
  const choices = [lanes, taken, without(lanes, 'store'), without(taken, 'store')]
  const least = without(without(lanes, 'store'), 'queue')
  return [...choices, without(lanes, 'queue'), least]
}

const servedBy = (event: DiagramEvent): readonly string[] =>
  event.kind === 'handed out' ? [event.from] : []

/** In characters that are not to be seen. What else makes a picture worse counts as some. */
const costs = {
  lane: 16,
  servedQueue: 120,
  titleCharacter: 8,
  wordsOnTheLeft: 6,
  /** What is cut off is cut off, however long it was. */
  mostOfAWord: 24,
} as const

function costOf({ lanes, rows, layout }: Drawing, diagram: Diagram): number {
  const served = new Set(diagram.events.flatMap(servedBy))
  const gone = diagram.lanes
    .filter((lane) => !lanes.includes(lane))
    .map(({ id }) => (served.has(id) ? costs.servedQueue : costs.lane))
  const titles = lanes.map(({ title }, index) => {
    const shown = layout.titles[index] ?? ''
    return shown === clean(title) ? 0 : clean(title).length - shown.length + 1
  })
  const words = rows.map(({ mark }) => {
    const { words } = placed(mark, layout)
    if (!words) return 0
    const isLeft = mark.shape === 'arrow' && words.at < (layout.columns[mark.from] ?? 0)
    return Math.min(words.missing, costs.mostOfAWord) + (isLeft ? costs.wordsOnTheLeft : 0)
  })
  return sum(gone) + sum(titles) * costs.titleCharacter + sum(words)
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
