import fc from 'fast-check'
import { expect, test } from 'vitest'
import { folded } from './fold.ts'
import { delivery, type Line, numbered, sent } from './golden/script.ts'
import { type Diagram, isTrouble } from './model.ts'
import { anyDiagram } from './testing/any-diagram.ts'

const addPorsche = { id: 'given-1', label: 'AddItem(porsche)' }
const addSledge = { id: 'given-2', label: 'AddItem(sledge)' }
const party = (process: string, message: typeof addPorsche, work: string) =>
  delivery({ queue: 'orders', process, message, file: 'orders.ts', work })
const porsche = party('orders-1', addPorsche, 'a')
const sledge = party('orders-2', addSledge, 'b')

const diagram = (lines: readonly Line[], about: readonly string[] = ['order-1']): Diagram => ({
  lanes: [
    { id: 'orders', title: 'orders', kind: 'queue' },
    { id: 'orders-1', title: 'orders-1', kind: 'process' },
    { id: 'orders-2', title: 'orders-2', kind: 'process' },
    { id: 'store', title: 'store', kind: 'store' },
  ],
  events: numbered(lines),
  verdict: { code: 'LOST_UPDATE', sentence: 'expected one, got none', about },
})

const aboutPorsche = [
  porsche.takes(),
  porsche.loads('order-1', '[] v0', 7),
  porsche.saves('order-1', '[porsche] v1', 9),
  porsche.acks(),
]
const aboutSledge = [
  sledge.takes(),
  sledge.loads('order-2', '[] v0', 7),
  sledge.saves('order-2', '[sledge] v1', 9),
  sledge.acks(),
]

const shapeOf = ({ events }: Diagram): readonly (string | number)[] =>
  events.map((event) => (event.kind === 'folded' ? `${event.steps} steps` : event.step))

test('a delivery that has nothing to do with the failure becomes one line', () => {
  const { events } = folded(diagram([...aboutPorsche, ...aboutSledge]))
  expect(events).toHaveLength(5)
  expect(events.at(-1)).toEqual({
    kind: 'folded',
    step: 5,
    steps: 4,
    titles: ['orders-2'],
    labels: ['AddItem(sledge)'],
  })
})

test('a delivery that sent what the failure is about stays, too', () => {
  const sends: Line = {
    kind: 'sent',
    from: 'orders-2',
    to: 'orders',
    message: addPorsche,
    outcome: { is: 'done' },
    work: 'b',
  }
  const [takes, loads, ...rest] = aboutSledge
  const { events } = folded(diagram([takes!, loads!, sends, ...rest, ...aboutPorsche]))
  expect(events.map(({ kind }) => kind)).not.toContain('folded')
  expect(events).toHaveLength(9)
})

test('its line stands where it began, even if others came in between', () => {
  const mixed = aboutPorsche.flatMap((line, index) => [aboutSledge[index]!, line])
  expect(shapeOf(folded(diagram(mixed)))).toEqual(['4 steps', 2, 4, 6, 8])
})

test('deliveries that are left out one after the other share a line', () => {
  const other = party('orders-2', { id: 'given-3', label: 'AddItem(bell)' }, 'c')
  const { events } = folded(diagram([...aboutSledge, other.takes(), other.acks()]))
  expect(events).toMatchObject([{ steps: 6, labels: ['AddItem(sledge)', 'AddItem(bell)'] }])
})

test('a command that has nothing to do with the failure goes, too', () => {
  const client = [sent('customer', 'orders', addSledge), sent('customer', 'orders', addPorsche)]
  expect(shapeOf(folded(diagram(client, ['given-1'])))).toEqual(['1 steps', 2])
})

test('a lane on which nothing is left disappears', () => {
  const lanes = folded(diagram([...aboutPorsche, ...aboutSledge])).lanes.map(({ id }) => id)
  expect(lanes).toEqual(['orders', 'orders-1', 'store'])
})

test('a delivery in which something went wrong stays whole, whatever it is about', () => {
  const unlucky = [
    sledge.takes(),
    sledge.loads('order-2', '[] v0', 7),
    sledge.saves('order-2', { is: 'refused', error: 'Conflict' }, 9),
    sledge.acks(),
  ]
  expect(shapeOf(folded(diagram(unlucky)))).toEqual([1, 2, 3, 4])
})

test('a delivery that a crash broke off stays', () => {
  const broken = [...aboutSledge.slice(0, 3), { kind: 'crashed', lane: 'orders-2' } as const]
  expect(shapeOf(folded(diagram(broken)))).toEqual([1, 2, 3, 4])
})

test('a start and the time that passes stay', () => {
  const lines = [
    { kind: 'restarted', lane: 'orders-2' },
    { kind: 'time passed', nowMs: 100 },
  ] as const
  expect(shapeOf(folded(diagram(lines)))).toEqual([1, 2])
})

test('where nobody knows what the failure is about, nothing is left out', () => {
  const whole = diagram([...aboutPorsche, ...aboutSledge], [])
  expect(folded(whole)).toEqual(whole)
  const { verdict: _, ...right } = whole
  expect(folded(right)).toEqual(right)
})

test('from too many events, reads of other things go out of deliveries that stay', () => {
  const lines = [
    ...aboutPorsche.slice(0, 2),
    porsche.loads('prices', '...', 8),
    ...aboutPorsche.slice(2),
  ]
  expect(shapeOf(folded(diagram(lines)))).toEqual([1, 2, 3, 4, 5])
  expect(shapeOf(folded(diagram(lines), { maxEvents: 4 }))).toEqual([1, 2, '1 steps', 4, 5])
})

test('no fault is ever hidden, no step forgotten, and folding again changes nothing', () => {
  fc.assert(
    fc.property(anyDiagram, fc.nat(30), (whole, maxEvents) => {
      const once = folded(whole, { maxEvents })
      expect(once.events.filter(isTrouble)).toEqual(whole.events.filter(isTrouble))
      const steps = once.events.map((event) => (event.kind === 'folded' ? event.steps : 1))
      expect(steps.reduce((sum, one) => sum + one, 0)).toBe(whole.events.length)
      expect(folded(once, { maxEvents })).toEqual(once)
    }),
  )
})
