// An arrow between two lanes, with its label along it.

import type { Arrow } from './marks.ts'
import { colours, cross, element, line, type Point, rounded, wordsOver } from './svg-elements.ts'

/** How far a message comes down on its way. */
const slant = 12
/** How far from its lane an arrow begins and ends. */
const clearance = 6

export type ArrowPlace = {
  readonly middle: number
  readonly xs: readonly number[]
  /** Empty where it has no room on the arrow. */
  readonly label: string
  readonly halo: { readonly stroke?: string }
}

export function drawArrow(arrow: Arrow, { middle, xs, label, halo }: ArrowPlace): string[] {
  const drop = arrow.isMessage ? slant : 0
  const towards = arrow.from < arrow.to ? 1 : -1
  const from = { x: (xs[arrow.from] ?? 0) + towards * clearance, y: middle - drop / 2 }
  const lane = { x: (xs[arrow.to] ?? 0) - towards * clearance, y: middle + drop / 2 }
  const share = arrow.end === 'lost' ? 0.8 : 1
  const to = { x: from.x + (lane.x - from.x) * share, y: from.y + drop * share }
  const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI
  const upright = towards > 0 ? angle : angle - 180
  const above = arrow.line === 'double' ? 8 : 5
  const centre = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - above }
  return [
    ...shafts(arrow, from, to),
    arrow.end === 'head'
      ? head(to, angle, arrow.line === 'double' ? 7 : 5)
      : cross({ x: to.x - towards * 4, y: to.y }),
    ...(label === ''
      ? []
      : [
          wordsOver(centre, label, {
            ...halo,
            'text-anchor': 'middle',
            transform: drop === 0 ? undefined : turned(upright, centre),
          }),
        ]),
  ]
}

function shafts({ line: kind }: Arrow, from: Point, to: Point): string[] {
  const look = {
    stroke: colours.ink,
    'stroke-width': 1.6,
    'stroke-dasharray': kind === 'dashed' ? '5 4' : undefined,
  }
  if (kind !== 'double') return [line(from, to, look)]
  // They end behind the head, which comes to a point between them.
  const short = to.x - Math.sign(to.x - from.x) * 8
  return [-2.4, 2.4].map((by) =>
    line({ x: from.x, y: from.y + by }, { x: short, y: to.y + by }, look),
  )
}

function head(at: Point, angle: number, half: number): string {
  const back = at.x - 2 * half
  const points = [at, { x: back, y: at.y - half }, { x: back, y: at.y + half }]
  return element('polygon', {
    points: points.map(({ x, y }) => `${rounded(x)},${rounded(y)}`).join(' '),
    fill: colours.ink,
    transform: turned(angle, at),
  })
}

const turned = (angle: number, { x, y }: Point): string =>
  `rotate(${rounded(angle)} ${rounded(x)} ${rounded(y)})`
