import fc from 'fast-check'
import { expect, test } from 'vitest'
import { delivery, type Line, numbered } from './golden/script.ts'
import type { Outcome } from './model.ts'
import { svgDiagram } from './svg.ts'
import { anyDiagram } from './testing/any-diagram.ts'

const addPorsche = { id: 'given-1', label: 'AddItem(porsche)' }
const work = delivery({
  queue: 'orders',
  process: 'orders-1',
  message: addPorsche,
  file: 'orders.ts',
  work: 'a',
})

const drawn = (...events: Line[]): string =>
  svgDiagram({
    lanes: [
      { id: 'orders', title: 'orders', kind: 'queue' },
      { id: 'orders-1', title: 'orders-1', kind: 'process' },
      { id: 'store', title: 'store', kind: 'store' },
    ],
    events: numbered(events),
  })

const count = (svg: string, what: RegExp): number => svg.match(what)?.length ?? 0
const shafts = /<line [^>]*stroke-width="1.6"/g
const crosses = /<line [^>]*stroke-width="2.6"/g
const heads = /<polygon/g
/** The stretches of the lane on which work is going on, and their lengths. */
const working = (svg: string): number[] =>
  [...svg.matchAll(/y1="(\S+)" x2="\S+" y2="(\S+)" stroke="\S+" stroke-width="9"/g)].map(
    ([, from, to]) => Number(to) - Number(from),
  )

/** The names of the elements of `svg`. Throws where it is not well-formed XML. */
function elementsOf(svg: string): readonly string[] {
  const token = /<(\/?)([a-z]+)((?: [\w:-]+="[^"<>]*")*)(\/?)>|[^<>]+/gy
  const open: string[] = []
  const names: string[] = []
  let at = 0
  for (const [whole, closing, name, , empty] of svg.matchAll(token)) {
    at += whole.length
    if (/&(?!(amp|lt|gt|quot);)/.test(whole)) throw new SyntaxError(`a bare & in ${whole}`)
    if (name === undefined) continue
    if (closing !== '/') names.push(name)
    if (closing === '/' && open.pop() !== name) throw new SyntaxError(`</${name}> closes nothing`)
    if (closing !== '/' && empty !== '/') open.push(name)
  }
  if (at < svg.length || open.length > 0)
    throw new SyntaxError(`not XML: ${svg.slice(at, at + 99)}`)
  return names
}

test('a message is one slanted arrow, and a message handed out again a double one', () => {
  const once = drawn(work.takes())
  expect([count(once, shafts), count(once, heads), count(once, crosses)]).toEqual([1, 1, 0])
  const [, from, to] = once.match(/y1="(\S+)" x2="\S+" y2="(\S+)" stroke="\S+" stroke-width="1.6"/)!
  expect(Number(to)).toBeGreaterThan(Number(from))
  expect(count(drawn(work.takes({ copy: 'duplicate' })), shafts)).toBe(2)
  expect(count(drawn(work.takes({ attempt: 2 })), shafts)).toBe(2)
})

test('what did not happen ends in a cross, and what nobody knows is dashed', () => {
  const save = (outcome: Outcome): number[] => {
    const svg = drawn(work.saves('order-1', outcome, 9))
    return [count(svg, crosses), count(svg, heads), count(svg, /stroke-dasharray/g)]
  }
  expect(save({ is: 'done' })).toEqual([0, 1, 0])
  expect(save({ is: 'refused', error: 'Conflict' })).toEqual([2, 0, 0])
  expect(save({ is: 'lost' })).toEqual([2, 0, 0])
  expect(save({ is: 'unknown', error: 'Unknown', happened: true })).toEqual([0, 1, 1])
  expect(save({ is: 'unknown', error: 'Unknown', happened: false })).toEqual([2, 0, 1])
})

test('what is lost ends short of where it was going', () => {
  const end = (outcome: Outcome): number => {
    const svg = drawn(work.saves('order-1', outcome, 9))
    return Number(svg.match(/x2="(\S+)" y2="\S+" stroke="\S+" stroke-width="1.6"/)![1])
  }
  expect(end({ is: 'lost' })).toBeLessThan(end({ is: 'refused', error: 'Conflict' }) - 20)
})

test('a lane stops at a crash, and goes on where the process starts again', () => {
  const svg = drawn(
    work.takes(),
    work.loads('order-1', '[] v0', 7),
    { kind: 'crashed', lane: 'orders-1' },
    { kind: 'time passed', nowMs: 5 },
    { kind: 'restarted', lane: 'orders-1' },
  )
  expect(count(svg, /stroke-width="6"/g)).toBe(1)
  expect(working(svg)).toEqual([68])
  const gap = /y2="(\S+)" stroke="#9cc3ea" [^]*?<line x1="\S+" y1="(\S+)" [^>]*#8b95a1/
  const [, stops, goesOn] = svg.match(gap)!
  expect(Number(goesOn) - Number(stops)).toBe(68)
})

test('what went wrong has a band and a mark, and nothing else has', () => {
  const svg = drawn(work.takes(), work.takes({ copy: 'duplicate' }), work.acks())
  expect(count(svg, /fill="#fdeae7"/g)).toBe(1)
  expect(count(svg, />!</g)).toBe(1)
})

test('the line of the code stands on the right, unless words stand there', () => {
  const save = (answer: string): string => drawn(work.saves('order-1', answer, 9))
  expect(save('[porsche] v1')).toContain('>orders.ts:9<')
  expect(save('[porsche]'.repeat(20))).not.toContain('>orders.ts:9<')
})

test('the broken rule is drawn, even if nothing happened at all', () => {
  const verdict = { code: 'NOTHING_HAPPENED', sentence: 'expected one, got none', about: [] }
  const svg = svgDiagram({ lanes: [], events: [], verdict })
  expect(svg).toContain('>NOTHING_HAPPENED</text>')
  expect(svg).toContain('>expected one, got none</text>')
})

test('whoever cannot see it finds the story in its description', () => {
  const svg = drawn(work.takes({ attempt: 2 }), work.saves('order-1', '[porsche] v1', 9))
  expect(svg).toContain(
    '<desc>1. orders to orders-1: AddItem(porsche): again, attempt 2. ' +
      '2. orders-1 to store: save order-1: [porsche] v1.</desc>',
  )
})

test('it stands alone: no scripts, no styles, nothing from elsewhere', () => {
  const names = new Set(elementsOf(drawn(work.takes(), work.loads('order-1', '[] v0', 7))))
  expect(names).toEqual(new Set('svg title desc rect line text polygon path'.split(' ')))
  expect(drawn(work.takes()).replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
    /href|url\(|http|style=/,
  )
})

test('no label, however strange, makes it anything but well-formed', () => {
  fc.assert(
    fc.property(anyDiagram, (diagram) => {
      const svg = svgDiagram(diagram)
      elementsOf(svg)
      expect(svg).not.toMatch(/="[^"]*(NaN|Infinity|undefined)/)
      expect(svg.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Noncharacter_Code_Point}/u)
    }),
  )
})
