// Diagrams of every shape, for properties that must hold for all of them: with many lanes and few,
// long labels, lanes that nobody has declared, and characters that do not belong there.

import fc from 'fast-check'
import type { Diagram, DiagramEvent, Lane, Outcome } from '../model.ts'

const text = fc.oneof(
  fc.constantFrom('AddItem(porsche)', 'load order-1', 'ack', '', 'a\nb', '\u001b[31mred', '<&">'),
  fc.string({ unit: 'binary', maxLength: 120 }),
)
const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'nobody']
const id = fc.constantFrom(...ids)
const message = fc.record({ id: fc.constantFrom('m1', 'm2', 'm3'), label: text })
const is = <const T extends string>(name: T) => fc.constant(name)

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ is: is('done'), answer: text }),
  fc.record({ is: is('done') }),
  fc.record({ is: is('refused'), error: text }),
  fc.record({ is: is('lost') }),
  fc.record({ is: is('unknown'), error: text, happened: fc.boolean() }),
)

const happening = fc.oneof(
  fc.record({ kind: is('sent'), from: id, to: id, message, outcome }),
  fc.record({
    kind: is('handed out'),
    from: id,
    to: id,
    message,
    attempt: fc.integer({ min: 1, max: 12 }),
  }),
  fc.record({
    kind: is('handed out'),
    from: id,
    to: id,
    message,
    attempt: fc.constant(1),
    copy: fc.constantFrom('duplicate', 'late copy'),
    isOutOfOrder: fc.boolean(),
  }),
  fc.record({
    kind: is('settled'),
    from: id,
    to: id,
    message,
    how: fc.constantFrom('ack', 'retry', 'release', 'dead letter'),
    reason: text,
    isStale: fc.boolean(),
  }),
  fc.record({ kind: is('call'), from: id, to: id, label: text, isWrite: fc.boolean(), outcome }),
  fc.record({ kind: is('crashed'), lane: id }),
  fc.record({ kind: is('restarted'), lane: id }),
  fc.record({ kind: is('lease expired'), lane: id, message }),
  fc.record({ kind: is('time passed'), nowMs: fc.nat() }),
  fc.record({ kind: is('coin'), lane: id, label: text, isHeads: fc.boolean() }),
  fc.record({ kind: is('note'), lane: id, text }),
)

const base = fc.record(
  {
    source: fc.record({ file: fc.constant('orders.ts'), line: fc.nat(500) }),
    about: fc.uniqueArray(fc.constantFrom('order-1', 'order-2'), { maxLength: 2 }),
    work: fc.constantFrom('w1', 'w2', 'w3', 'w4'),
    isFault: fc.boolean(),
  },
  { requiredKeys: [] },
)

const lanes: fc.Arbitrary<readonly Lane[]> = fc
  .tuple(
    fc.integer({ min: 0, max: ids.length - 1 }),
    fc.infiniteStream(fc.constantFrom('client', 'process', 'queue', 'store')),
    fc.infiniteStream(text),
  )
  .map(([count, kinds, titles]) =>
    ids.slice(0, count).map((one) => ({
      id: one,
      title: String(titles.next().value),
      kind: kinds.next().value ?? 'process',
    })),
  )

const verdict = fc.record(
  {
    code: fc.constant('LOST_MESSAGE'),
    sentence: text,
    about: fc.uniqueArray(fc.constantFrom('order-1', 'm1', 'a'), { maxLength: 2 }),
    step: fc.nat(30),
  },
  { requiredKeys: ['code', 'sentence', 'about'] },
)

const events: fc.Arbitrary<readonly DiagramEvent[]> = fc
  .array(fc.tuple(base, happening), { maxLength: 30 })
  .map((all) => all.map(([first, second], index) => ({ ...first, ...second, step: index + 1 })))

export const anyDiagram: fc.Arbitrary<Diagram> = fc.record(
  { lanes, events, verdict },
  { requiredKeys: ['lanes', 'events'] },
)
