// Curves over a count that grows tenfold again and again, as an SVG file that stands alone. Both
// axes are logarithmic; what stays at nothing has a line of its own below them. Each curve has a
// mark and a name at its end, as colour alone says nothing. Whoever cannot see it finds the figures
// in its description.

import { colours, element, escaped, fontSize, line, type Point, words } from './svg-elements.ts'

export type Curves = {
  readonly title: string
  /** What is counted from left to right, and from bottom to top. */
  readonly axes: { readonly x: string; readonly y: string }
  /** One to four. */
  readonly curves: readonly Curve[]
  /** A height that gets a line of its own. */
  readonly limit?: { readonly y: number; readonly name: string }
  /** How a height is written: `5.9 MB`. */
  readonly yText: (y: number) => string
}

export type Curve = {
  readonly name: string
  /** From left to right, at least one. Each `x` is above 0, and no `y` is below. */
  readonly points: readonly Point[]
}

const size = { width: 860, height: 480 }
const plot = { left: 92, right: 610, top: 66, bottom: 366, zero: 400 }
/** Names at the ends of curves are this far from one another. */
const apart = 42
const font = 'system-ui, -apple-system, &quot;Segoe UI&quot;, &quot;DejaVu Sans&quot;, sans-serif'

/** Throws a `TypeError` where there is nothing to draw, or more than can be told apart. */
export function svgCurves(chart: Curves): string {
  const { title, curves } = chart
  const isDrawable =
    curves.length <= looks.length && curves.every(({ points }) => points.length > 0)
  if (!isDrawable || curves.length === 0) {
    throw new TypeError(`expected 1 to ${looks.length} curves with points, got ${curves.length}`)
  }
  const scale = scaleOf(chart)
  const { width, height } = size
  const frame = { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 6 }
  const parts = [
    element('title', {}, escaped(title)),
    element('desc', {}, escaped(descriptionOf(chart))),
    element('rect', { ...frame, fill: colours.paper, stroke: colours.frame }),
    words({ x: 24, y: 34 }, title, { 'font-size': 17, 'font-weight': 'bold' }),
    ...gridOf(chart, scale),
    ...limitOf(chart, scale),
    ...curves.flatMap(({ points }, at) => drawn(points.map(scale.at), looks[at])),
    ...namesOf(chart, scale),
  ]
  const look = { 'font-family': font, 'font-size': fontSize, fill: colours.ink }
  const box = { width, height, viewBox: `0 0 ${width} ${height}` }
  const svg = { xmlns: 'http://www.w3.org/2000/svg', role: 'img', ...box, ...look }
  return `${element('svg', svg, `\n${parts.join('\n')}\n`)}\n`
}

type Scale = {
  /** The powers of ten that have a line, ascending. */
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  readonly at: (point: Point) => Point
}

function scaleOf({ curves, limit }: Curves): Scale {
  const points = curves.flatMap((curve) => curve.points)
  const xs = powersAround(points.map(({ x }) => x))
  const ys = powersAround([...points.map(({ y }) => y), limit?.y ?? 0].filter((y) => y > 0))
  const place = (value: number, [first = 1, ...more]: readonly number[]): number =>
    Math.log10(value / first) / Math.max(1, more.length)
  return {
    xs,
    ys,
    at: ({ x, y }) => ({
      x: plot.left + place(x, xs) * (plot.right - plot.left),
      y: y === 0 ? plot.zero : plot.bottom - place(y, ys) * (plot.bottom - plot.top),
    }),
  }
}

function powersAround(values: readonly number[]): readonly number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(Math.log10)
  const first = Math.floor(least ?? 0)
  const count = Math.max(2, Math.ceil(most ?? 0) - first + 1)
  return Array.from({ length: values.length === 0 ? 0 : count }, (_, at) => 10 ** (first + at))
}

const small = { 'font-size': 12, fill: colours.faint }
const thin = { stroke: colours.frame, 'stroke-width': 1 }

function gridOf({ axes, curves, yText }: Curves, { xs, ys, at }: Scale): readonly string[] {
  const hasZero = curves.some(({ points }) => points.some(({ y }) => y === 0))
  const heights = [...(hasZero ? [0] : []), ...ys]
  const bottom = hasZero ? plot.zero : plot.bottom
  return [
    ...heights.flatMap((y) => {
      const { y: height } = at({ x: xs[0] ?? 1, y })
      return [
        line({ x: plot.left, y: height }, { x: plot.right, y: height }, thin),
        words({ x: plot.left - 10, y: height + 4 }, y === 0 ? 'nothing' : yText(y), {
          ...small,
          'text-anchor': 'end',
        }),
      ]
    }),
    ...xs.flatMap((x) => {
      const { x: across } = at({ x, y: ys[0] ?? 1 })
      return [
        line({ x: across, y: plot.top }, { x: across, y: bottom }, thin),
        words({ x: across, y: bottom + 22 }, x.toLocaleString('en-GB'), {
          ...small,
          'text-anchor': 'middle',
        }),
      ]
    }),
    words({ x: (plot.left + plot.right) / 2, y: bottom + 48 }, axes.x, { 'text-anchor': 'middle' }),
    words({ x: 24, y: 54 }, axes.y, small),
  ]
}

function limitOf({ limit }: Curves, { xs, at }: Scale): readonly string[] {
  if (!limit) return []
  const { y } = at({ x: xs[0] ?? 1, y: limit.y })
  const look = { stroke: colours.trouble, 'stroke-width': 1.2, 'stroke-dasharray': '2 4' }
  return [
    line({ x: plot.left, y }, { x: plot.right, y }, look),
    words({ x: plot.left + 8, y: y - 6 }, limit.name, { ...small, fill: colours.trouble }),
  ]
}

type Look = {
  readonly colour: string
  readonly dashes?: string
  readonly mark: (at: Point, attributes: { readonly fill: string }) => string
}

const polygon = (points: readonly Point[], attributes: { readonly fill: string }): string =>
  element('polygon', { points: points.map(({ x, y }) => `${x},${y}`).join(' '), ...attributes })

const rounded = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y) })

const looks: readonly Look[] = [
  {
    colour: '#a4551b',
    mark: ({ x, y }, attributes) => element('circle', { cx: x, cy: y, r: 4.5, ...attributes }),
  },
  {
    colour: '#22577a',
    dashes: '7 4',
    mark: ({ x, y }, attributes) =>
      element('rect', { x: x - 4, y: y - 4, width: 8, height: 8, ...attributes }),
  },
  {
    colour: '#2d6a4f',
    mark: (at, attributes) => {
      const { x, y } = rounded(at)
      return polygon(
        [
          { x, y: y - 6 },
          { x: x + 6, y: y + 5 },
          { x: x - 6, y: y + 5 },
        ],
        attributes,
      )
    },
  },
  {
    colour: '#6b4c8a',
    dashes: '2 3',
    mark: (at, attributes) => {
      const { x, y } = rounded(at)
      const corners = [
        { x, y: y - 6 },
        { x: x + 6, y },
        { x, y: y + 6 },
        { x: x - 6, y },
      ]
      return polygon(corners, attributes)
    },
  },
]

function drawn(points: readonly Point[], look: Look | undefined): readonly string[] {
  if (!look) return []
  const path = points.map(rounded).map(({ x, y }) => `${x},${y}`)
  const stroke = { fill: 'none', stroke: look.colour, 'stroke-width': 2.2 }
  return [
    element('polyline', { points: path.join(' '), ...stroke, 'stroke-dasharray': look.dashes }),
    ...points.map((at) => look.mark(at, { fill: look.colour })),
  ]
}

/** At the end of each curve, from top to bottom, where they do not cover one another. */
function namesOf({ curves, yText }: Curves, { at }: Scale): readonly string[] {
  const ends = curves
    .map(({ name, points }, index) => {
      const last = points.at(-1) ?? { x: 1, y: 0 }
      return { name, look: looks[index], y: last.y, end: at(last) }
    })
    .toSorted((a, b) => a.end.y - b.end.y)
  let free = plot.top - 20
  return ends.flatMap(({ name, look, y, end }) => {
    const height = Math.max(end.y, free)
    free = height + apart
    const fill = look?.colour ?? colours.ink
    const x = plot.right + 34
    return [
      line({ x: end.x + 8, y: end.y }, { x: x - 6, y: height }, { stroke: fill, opacity: 0.6 }),
      words({ x, y: height }, name, { fill, 'font-weight': 'bold' }),
      words({ x, y: height + 17 }, y === 0 ? 'nothing' : yText(y), { fill }),
    ]
  })
}

const descriptionOf = ({ axes, curves, limit, yText }: Curves): string =>
  [
    `${axes.y}, over ${axes.x}.`,
    ...curves.map(({ name, points }) => {
      const figures = points.map(({ x, y }) => `${y === 0 ? 'nothing' : yText(y)} at ${x}`)
      return `${name}: ${figures.join(', ')}.`
    }),
    ...(limit ? [`${limit.name}: ${yText(limit.y)}.`] : []),
  ].join(' ')
