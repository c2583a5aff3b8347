import { expect, test } from 'vitest'
import { ItemAdded } from '../../shop/index.ts'
import { ManualWorld } from '../../world/index.ts'
import { addPorsche, counting, fixture } from '../fixture.ts'
import { type Span, trace } from './trace.ts'

const publishing = () => counting((_run, { body }, { publish }) => publish(ItemAdded(body))).handler

test('a trace goes on through what a message causes', async () => {
  const spans: Span[] = []
  const behaviours = [trace({ onSpan: (span) => spans.push(span) })]
  const first = fixture([publishing()], { behaviours })
  await first.deliver(addPorsche)
  const traceparent = first.sent[0]!.message.headers['traceparent']!
  expect(traceparent).toBe(`00-${spans[0]!.traceId}-${spans[0]!.spanId}-01`)
  await first.deliver({ ...addPorsche, headers: { traceparent } })
  expect(spans[1]!.traceId).toBe(spans[0]!.traceId)
  expect(spans[1]!.parentId).toBe(spans[0]!.spanId)
  expect(spans[1]!.spanId).not.toBe(spans[0]!.spanId)
})

test('a handler that fails is a span that failed', async () => {
  const spans: Span[] = []
  const failing = counting(() => {
    throw new Error('no')
  }).handler
  const { deliver } = fixture([failing], {
    behaviours: [trace({ onSpan: (span) => spans.push(span) })],
  })
  await deliver(addPorsche)
  expect(spans.map(({ failed, name }) => ({ failed, name }))).toEqual([
    { failed: true, name: 'orders AddItem' },
  ])
})

test('a header that is no trace begins a new one', async () => {
  const spans: Span[] = []
  const behaviours = [trace({ onSpan: (span) => spans.push(span) })]
  const { deliver } = fixture([publishing()], { behaviours })
  await deliver({ ...addPorsche, headers: { traceparent: '00-zz-1-01' } })
  expect(spans[0]!.traceId).toMatch(/^[0-9a-f]{32}$/)
  expect(spans[0]!.parentId).toBeUndefined()
})

test('two attempts are two spans, also where nothing tells the ids of a world apart', async () => {
  const spans = await attempts('id-1')
  expect(spans[0]!.traceId).toMatch(/^[0-9a-f]{32}$/)
  expect(spans[0]!.spanId).toMatch(/^[0-9a-f]{16}$/)
  expect(spans[1]!.spanId).not.toBe(spans[0]!.spanId)
})

test('an id that is random is an id of a trace as it is', async () => {
  const [span] = await attempts('01234567-89ab-4cde-8f01-23456789abcd')
  expect(span!.traceId).toBe('0123456789ab4cde8f0123456789abcd')
  expect(span!.spanId).toBe('8f0123456789abcd')
})

/** The spans of two attempts in a world that gives no other ids. */
async function attempts(id: string): Promise<readonly Span[]> {
  const spans: Span[] = []
  const { deliver } = fixture([publishing()], {
    behaviours: [trace({ onSpan: (span) => spans.push(span) })],
    world: Object.assign(new ManualWorld(), { ids: { next: () => id } }),
  })
  await deliver(addPorsche, 1)
  await deliver(addPorsche, 2)
  return spans
}
