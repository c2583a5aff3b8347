import { expect, test } from 'vitest'
import { counters } from '../inbox/index.ts'
import { boundsMs, type EndpointNumbers } from '../pipeline/index.ts'
import { exposition } from './index.ts'

const counts = [2, 1, ...Array.from({ length: boundsMs.length - 2 }, () => 0), 4]

const orders: EndpointNumbers = {
  endpoint: 'orders',
  delivered: 9,
  handled: 1,
  duplicates: 2,
  retried: 1,
  released: 1,
  deadLettered: 1,
  lost: 1,
  inFlight: 2,
  oldestInFlightMs: 1500,
  handling: { counts, sumMs: 120_500 },
}

function meter() {
  const counted = counters()
  counted.count('relayed', 'tree', 3)
  return counted
}

const backlog = { records: 4, isMore: false, messages: 5, oldestMs: 2500, endpoints: { orders: 4 } }

test('numbers are the text that Prometheus reads', async () => {
  const text = exposition({ endpoints: [orders], backlog, meter: meter() })
  await expect(text).toMatchFileSnapshot('golden/exposition.txt')
})

test('each line is a comment or a sample, each family stands once, with its help and type', () => {
  const text = exposition({ endpoints: [orders, { ...orders, endpoint: 'tree' }], backlog })
  expect(text.endsWith('\n')).toBe(true)
  const lines = text.trimEnd().split('\n')
  const sample = /^workshop_[a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? [0-9.]+$/
  for (const line of lines)
    expect(line).toMatch(/^# (HELP|TYPE) workshop_[a-z_]+ \S/.test(line) ? /^#/ : sample)
  const types = lines.filter((line) => line.startsWith('# TYPE'))
  expect(new Set(types).size).toBe(types.length)
})

test('the classes of a histogram hold those below them, and the last one holds all', () => {
  const buckets = exposition({ endpoints: [orders] })
    .split('\n')
    .filter((line) => line.includes('_bucket'))
    .map((line) => Number(line.split(' ').at(-1)))
  expect(buckets).toEqual(buckets.toSorted((a, b) => a - b))
  expect(buckets.at(-1)).toBe(7)
})

test('a name cannot break out of its label', () => {
  const text = exposition({ endpoints: [{ ...orders, endpoint: 'a"b\\c\nd' }] })
  expect(text).toContain('endpoint="a\\"b\\\\c\\nd"')
})
