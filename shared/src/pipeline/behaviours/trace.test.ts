import { expect, test } from 'vitest'
import { ItemAdded } from '../../shop/index.ts'
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
