import fc from 'fast-check'
import { expect, test } from 'vitest'
import { delivery, type Line, numbered, sent } from './golden/script.ts'
import type { Diagram, Lane, Outcome } from './model.ts'
import { anyDiagram } from './testing/any-diagram.ts'
import { textDiagram } from './text.ts'

const lane = (id: string, kind: Lane['kind']): Lane => ({ id, title: id, kind })
const customer = lane('customer', 'client')
const queue = lane('orders', 'queue')
const process = lane('orders-1', 'process')
const store = lane('store', 'store')

const addPorsche = { id: 'given-1', label: 'AddItem(porsche)' }
const work = delivery({
  queue: 'orders',
  process: 'orders-1',
  message: addPorsche,
  file: 'orders.ts',
  work: 'a',
})

/** The lines below the heading. */
function lines(lanes: readonly Lane[], events: readonly Line[]): readonly string[] {
  return textDiagram({ lanes, events: numbered(events) })
    .trimEnd()
    .split('\n')
    .slice(2)
}

const publishing = (outcome: Outcome): Line => ({
  kind: 'sent',
  from: 'customer',
  to: 'orders',
  message: addPorsche,
  outcome,
})

test('a delivery reads from top to bottom, and its process is drawn bold while it works', () => {
  const events = [
    sent('customer', 'orders', addPorsche),
    work.takes(),
    work.loads('order-1', '[] v0', 7),
    work.saves('order-1', '[porsche] v1', 9),
    work.acks(),
  ]
  expect(textDiagram({ lanes: [customer, queue, process, store], events: numbered(events) })).toBe(
    [
      '     customer              orders  orders-1           store',
      '     (client)              (queue) (process)',
      '   1     │─AddItem(porsche)──>│        │                │',
      '   2     │                    │───────>┃ AddItem(porsche)',
      '   3     │                    │        ┃─load order-1──>│ [] v0      orders.ts:7',
      '   4     │                    │        ┃─save order-1──>│ [porsche] v1',
      '   5     │                    │<──ack──┃                │',
      '',
    ].join('\n'),
  )
})

test('an arrow says whether its message arrived, and who knows', () => {
  const outcomes: Outcome[] = [
    { is: 'done' },
    { is: 'refused', error: 'Unavailable' },
    { is: 'lost' },
    { is: 'unknown', error: 'Unknown', happened: true },
    { is: 'unknown', error: 'Unknown', happened: false },
  ]
  expect(lines([customer, queue], outcomes.map(publishing))).toEqual([
    '   1     │───AddItem(porsche)────>│',
    '  !2     │───AddItem(porsche)────x│ refused: Unavailable',
    '  !3     │─AddItem(porsche)──x    │ lost',
    '  !4     │┄┄┄AddItem(porsche)┄┄┄┄>│ Unknown, but done',
    '  !5     │┄AddItem(porsche)┄┄x    │ Unknown, not done',
  ])
})

test('a message that is handed out again has a double arrow, and words that say why', () => {
  const events = [
    work.takes({ attempt: 2 }),
    work.takes({ copy: 'duplicate' }),
    work.takes({ copy: 'late copy' }),
    { ...work.takes(), isOutOfOrder: true } as Line,
  ]
  expect(lines([queue, process], events)).toEqual([
    '   1    │═AddItem(porsche)══>┃ again, attempt 2',
    '  !2    │═AddItem(porsche)══>┃ a duplicate',
    '  !3    │═AddItem(porsche)══>┃ a late copy',
    '  !4    │─AddItem(porsche)──>┃ out of order',
  ])
})

test('a process that crashed has no lane until it starts again', () => {
  const events: Line[] = [
    work.takes(),
    { kind: 'crashed', lane: 'orders-1' },
    { kind: 'time passed', nowMs: 250 },
    { kind: 'restarted', lane: 'orders-1' },
    { kind: 'note', lane: 'orders', text: 'ready' },
  ]
  expect(lines([queue, process], events)).toEqual([
    '   1    │─AddItem(porsche)──>┃',
    '  !2    │            #### crashed ####',
    '   3 time passes: it is 250 ms',
    '        │                    │ starts again, remembers nothing',
    '   5    │ "ready"            │',
  ])
})

test('a settlement says how, why, and whether it came too late', () => {
  const events: Line[] = [
    work.takes(),
    { kind: 'lease expired', lane: 'orders', message: addPorsche },
    { ...work.acks(), isStale: true } as Line,
    { kind: 'coin', lane: 'orders-1', label: 'again', isHeads: true },
    work.deadLetters({ reason: 'failed 3 times' }),
  ]
  expect(lines([queue, process], events)).toEqual([
    '   1    │─AddItem(porsche)──>┃',
    '  !2    │ takes AddItem(porsche) back: its lease expired',
    '  !3    │x────────ack────────┃ too late, no effect',
    '  !4    │                    │ coin again: heads',
    '  !5    │<────dead letter────│ failed 3 times',
  ])
})

test('a step on which a fault was spent is marked, even if nobody can see it', () => {
  expect(lines([queue, process], [{ ...work.acks(), isFault: true }])[0]).toMatch(/^ {2}!1/)
  expect(lines([queue, process], [work.acks()])[0]).toMatch(/^ {3}1/)
})

test('a process that holds a message twice is at work until it has settled both', () => {
  const again = { ...work.takes({ attempt: 2 }), work: 'b' }
  const events = [work.takes(), again, work.acks(), { ...work.acks(), work: 'b' }, work.acks()]
  const lanes = lines([queue, process], events).map((line) => line.charAt(29))
  expect(lanes).toEqual(['┃', '┃', '┃', '┃', '│'])
})

const broken: Diagram = {
  lanes: [customer, queue],
  events: numbered([
    sent('customer', 'orders', addPorsche),
    sent('customer', 'orders', addPorsche),
  ]),
  verdict: { code: 'GHOST_MESSAGE', sentence: `expected ${'one '.repeat(20)}`, about: [] },
}
const boxAt = (diagram: Diagram): number =>
  textDiagram(diagram)
    .split('\n')
    .findIndex((line) => line.includes('GHOST_MESSAGE: expected one'))

test('the broken rule stands at the end, or after the step at which it broke', () => {
  expect(boxAt(broken)).toBe(5)
  expect(boxAt({ ...broken, verdict: { ...broken.verdict!, step: 1 } })).toBe(4)
  expect(boxAt({ ...broken, events: [] })).toBe(3)
})

test('with more than six lanes, stores are named in words, and then queues', () => {
  const others = ['p-1', 'p-2', 'p-3'].map((id) => lane(id, 'process'))
  const seven = [customer, queue, process, store, ...others]
  const load = [work.takes(), work.loads('order-1', '[] v0', 7)]
  expect(lines(seven, load)[1]).toContain('┃ load order-1 ─> store: [] v0')
  const eight = [...seven, lane('p-4', 'process')]
  expect(textDiagram({ lanes: eight, events: [] }).split('\n')[0]).not.toContain('store')
  expect(lines(eight, load)[0]).toContain('─>')
  const nine = [...eight, lane('p-5', 'process')]
  expect(lines(nine, load)[0]).toContain('┃ orders ─> AddItem(porsche)')
})

const inSixty = (lanes: readonly Lane[], events: readonly Line[]): readonly string[] =>
  textDiagram({ lanes, events: numbered(events) }, { columns: 60 }).split('\n')

test('in 60 columns, a queue that nobody takes from is named in words before a title is cut', () => {
  const lanes = [customer, queue, process, lane('orders-2', 'process')]
  const audience = ['ItemAdded', 'ItemRemoved'].map((id) => lane(id, 'queue'))
  const added = { id: 'added-1', label: 'ItemAdded(80)' }
  const events = [work.takes(), sent('orders-1', 'ItemAdded', added)]
  const [titles, , , line] = inSixty([...lanes, ...audience], events)
  expect(titles?.trim().split(/ +/)).toEqual(['customer', 'orders', 'orders-1', 'orders-2'])
  expect(line).toContain('ItemAdded(80) ─> ItemAdded')
})

test('in 60 columns, what there is room for stays a lane', () => {
  const [titles] = inSixty([queue, process, store], [work.takes(), work.loads('order-1', '[]', 7)])
  expect(titles?.trim().split(/ +/)).toEqual(['orders', 'orders-1', 'store'])
})

test('the number of a step can be read beside a crash on the first lane', () => {
  const line = lines([process], [{ kind: 'crashed', lane: 'orders-1' }])[0]
  expect(line).toMatch(/^ {2}!1 #### crashed ####$/)
})

test('a lane that nobody has declared is named in words', () => {
  expect(lines([process], [work.takes(), work.acks()])).toEqual([
    '   1     ┃ orders ─> AddItem(porsche)',
    '   2     ┃ ack ─> orders',
  ])
  expect(lines([], [sent('customer', 'orders', addPorsche)])).toEqual([
    '   1 customer ─> orders: AddItem(porsche)',
  ])
})

test('no label, however strange, breaks a line or makes it longer than the columns', () => {
  fc.assert(
    fc.property(anyDiagram, fc.constantFrom(60, 71, 80), (diagram, columns) => {
      const text = textDiagram({ lanes: diagram.lanes, events: diagram.events }, { columns })
      const all = text.slice(0, -1).split('\n')
      expect(all).toHaveLength(2 + diagram.events.length)
      for (const line of all) expect(line.length).toBeLessThanOrEqual(columns)
      // Nothing in it but characters that can be seen.
      expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    }),
  )
})
