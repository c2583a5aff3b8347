import { expect, test } from 'vitest'
import { type Curve, type Curves, svgCurves } from './svg-curves.ts'

const growing: Curve = { name: 'grows', points: [10, 100, 1000].map((x) => ({ x, y: x * 50 })) }
const flat: Curve = { name: 'stays', points: [10, 100, 1000].map((x) => ({ x, y: 0 })) }

const drawn = (curves: readonly Curve[], more: Partial<Curves> = {}): string =>
  svgCurves({
    title: 'Kept & <counted>',
    axes: { x: 'messages', y: 'bytes' },
    curves,
    yText: (y) => `${y} B`,
    ...more,
  })

/** The corners of each curve, as they are drawn. */
const cornersOf = (svg: string) =>
  [...svg.matchAll(/<polyline points="([^"]*)"/g)].map(([, points = '']) =>
    points.split(' ').map((one) => one.split(',').map(Number) as [number, number]),
  )
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text x="\S+" y="(\S+)"[^>]*>([^<]*)</g)].map(([, y, text]) => ({
    y: Number(y),
    text,
  }))

test('ten times as much is one step up, wherever it is', () => {
  const [corners = []] = cornersOf(drawn([growing]))
  const [first, second, third] = corners.map(([, y]) => y)
  expect(first! - second!).toBe(second! - third!)
  expect(first!).toBeGreaterThan(second!)
  expect(corners.map(([x]) => x)).toEqual(corners.map(([x]) => x).toSorted((a, b) => a - b))
})

test('nothing has a line of its own, below all else', () => {
  const svg = drawn([growing, flat])
  const [up = [], level = []] = cornersOf(svg)
  const heights = level.map(([, y]) => y)
  expect(new Set(heights).size).toBe(1)
  expect(heights[0]).toBeGreaterThan(Math.max(...up.map(([, y]) => y)))
  expect(textsOf(svg).filter(({ text }) => text === 'nothing')).toHaveLength(2)
  expect(drawn([growing])).not.toContain('nothing')
})

test('names of curves that end side by side stand apart', () => {
  const near = { name: 'grows too', points: growing.points.map(({ x, y }) => ({ x, y: y * 1.1 })) }
  const texts = textsOf(drawn([growing, near]))
  const [one, other] = ['grows', 'grows too'].map(
    (name) => texts.find(({ text }) => text === name)?.y ?? 0,
  )
  expect(one! - other!).toBeGreaterThanOrEqual(42)
})

test('curves differ in marks and dashes, and the figures can be read aloud', () => {
  const svg = drawn([growing, flat], { limit: { y: 400, name: 'enough' } })
  expect(svg.match(/<circle/g)).toHaveLength(3)
  expect(svg.match(/<rect/g)).toHaveLength(4)
  expect(svg).toContain('<title>Kept &amp; &lt;counted&gt;</title>')
  expect(svg).toMatch(/<desc>.*grows: 500 B at 10, 5000 B at 100.*stays: nothing at 10/)
  expect(svg).toMatch(/<desc>.*enough: 400 B\.<\/desc>/)
})

test('what cannot be told apart, or is not there, is refused', () => {
  expect(() => drawn([])).toThrow('expected 1 to 4 curves with points, got 0')
  expect(() => drawn([{ name: 'empty', points: [] }])).toThrow(TypeError)
  expect(() => drawn(Array.from({ length: 5 }, () => flat))).toThrow('got 5')
})
