// The heads of the lanes. The shape says what a lane is: rounded for a client, a box for a process,
// a pipe for a queue, a drum for a store; and the word below says it again, unless the title does.

import type { Lane, LaneKind } from './model.ts'
import {
  colours,
  element,
  line,
  type Point,
  rounded,
  unit,
  words,
  wordsOver,
} from './svg-elements.ts'

export const headingHeight = 62

const height = 26
/** Lanes begin here, behind their heads. */
export const headTop = 12

/** `text` is as much of its title as there is room for. */
export function laneHead({ title, kind }: Lane, x: number, text: string): string {
  const width = text.length * unit + 20
  const centred = { 'text-anchor': 'middle' }
  return [
    ...frames[kind]({ x: x - width / 2, y: headTop }, width),
    words({ x, y: headTop + 18 }, text, { ...centred, 'font-weight': 'bold' }),
    ...(title === kind
      ? []
      : [
          wordsOver({ x, y: headTop + 41 }, kind, {
            ...centred,
            'font-size': 11,
            fill: colours.faint,
          }),
        ]),
  ].join('\n')
}

const look = { fill: '#ffffff', stroke: colours.ink, 'stroke-width': 1.4 }

const box = ({ x, y }: Point, width: number, rx: number): string =>
  element('rect', { x, y, width, height, rx, ...look })

/** A stroke inside of a box, from its top to its bottom. */
const bar = (x: number): string => line({ x, y: headTop }, { x, y: headTop + height }, look)

const frames: Record<LaneKind, (at: Point, width: number) => readonly string[]> = {
  client: (at, width) => [box(at, width, height / 2)],
  process: (at, width) => [box(at, width, 2)],
  queue: (at, width) => [
    box(at, width, 2),
    ...[3, 6].flatMap((inset) => [bar(at.x + inset), bar(at.x + width - inset)]),
  ],
  store: ({ x, y }, width) => {
    const curve = `a${rounded(width / 2)} 5 0 0 `
    const start = `M${rounded(x)} ${y}${curve}`
    const wide = rounded(width)
    const drum = `${start}1 ${wide} 0v${height - 4}${curve}1 -${wide} 0z`
    const lid = `${start}0 ${wide} 0`
    return [
      element('path', { d: drum, ...look }),
      element('path', { d: lid, ...look, fill: 'none' }),
    ]
  },
}
