import { expect, test } from 'vitest'
import { boundedGrowth, effectOnce, type Verdict, type View, Violation } from '../check/index.ts'
import { type Handler, handler } from '../pipeline/index.ts'
import { AddItem } from '../shop/index.ts'
import { longRun, type LongRunOptions, type LongRunReport } from './long-run.ts'
import type { Specification } from './specification.ts'

type Counted = { readonly count: number; readonly ids: readonly string[] }
const nothing: Counted = { count: 0, ids: [] }

/** Counts, and remembers the ids of as many messages as `remembers` says. */
const counting = (remembers: number): Handler =>
  handler(AddItem, async ({ id, body }, { store }) => {
    const { value, version } = await store.load(body.orderId, nothing)
    if (value.ids.includes(id)) return
    const ids = remembers === 0 ? [] : [...value.ids, id].slice(-remembers)
    await store.save(body.orderId, { count: value.count + 1, ids }, version)
  })

const countedOf = (end: View, messages: number): Verdict =>
  effectOnce([end.entity('order-1', nothing).count], messages)

const anyNumber = (): readonly Verdict[] => []

type Run = Partial<Specification> & { readonly remembers?: number } & Partial<LongRunOptions>

function run({ remembers = 0, ...asked }: Run): Promise<LongRunReport | undefined> {
  const { messages = 200, everyMs = 0, copies = 0, measuredAt = [], seed = 1, ...more } = asked
  return longRun(
    {
      endpoints: { orders: [counting(remembers)] },
      finally: (end) => [countedOf(end, messages)],
      ...more,
    },
    {
      messages,
      everyMs,
      copies,
      measuredAt,
      seed,
      message: (number) => AddItem({ orderId: 'order-1', item: `candle ${number}` }),
    },
  )
}

async function failureOf(asked: Run): Promise<Violation> {
  const error: unknown = await run(asked).catch((failure: unknown) => failure)
  if (error instanceof Violation) return error
  throw new Error('expected a violation, got none', { cause: error })
}

test('each of ten thousand messages is handled once', async () => {
  const report = await run({ messages: 10_000 })
  // They are posted, received, loaded, saved and acknowledged.
  expect(report?.steps).toBeGreaterThanOrEqual(50_000)
})

test('copies come after a tenth of all others or more', async () => {
  await run({ copies: 20, remembers: 200 })
  const { sentence } = await failureOf({ copies: 20, remembers: 18 })
  expect(sentence).toBe('expected 200 once, got it not at all, after 200 of 200 messages')
  await run({ copies: 20, finally: (end) => [countedOf(end, 220)] })
})

test('a run that fails says when, and shows how it ended', async () => {
  const store = { limits: { maxValueBytes: 1000 } }
  const { code, sentence, message } = await failureOf({ messages: 1000, remembers: 1000, store })
  expect(code).toBe('ENTITY_TOO_LARGE')
  expect(sentence).toMatch(/in order-1, got 10\d\d, after \d\d of 1000 messages$/)
  expect(message).toContain('load order-1')
  expect(message).toMatch(/^ {2}[ \d]\d {4}.*│/m)
  expect(message).not.toContain('replay')
})

test('the same seed is the same run, and another seed is another one', async () => {
  const orderOf = async (seed: number): Promise<string> => {
    const order: string[] = []
    const noting = handler(AddItem, ({ id }) => {
      order.push(id)
      return Promise.resolve()
    })
    await run({ seed, copies: 9, endpoints: { orders: [noting] }, finally: anyNumber })
    return order.join()
  }
  expect(await orderOf(1)).toBe(await orderOf(1))
  expect(await orderOf(1)).not.toBe(await orderOf(2))
})

test('what is stored is measured when nothing is under way', async () => {
  const report = await run({ remembers: 1000, measuredAt: [10, 200] })
  const bytesOf = (count: number): number => {
    const ids = Array.from({ length: count }, (_, index) => `message-${index + 1}`)
    return JSON.stringify({ count, ids }).length
  }
  const keyBytes = 'order-1'.length
  expect(report?.measures).toEqual([
    { messages: 10, entries: 1, bytes: keyBytes + bytesOf(10), largestBytes: bytesOf(10) },
    { messages: 200, entries: 1, bytes: keyBytes + bytesOf(200), largestBytes: bytesOf(200) },
  ])
})

test('what must always hold is looked at on the way', async () => {
  const cleaned = handler(AddItem, async ({ id }, { store }) => {
    const { value: keys, version } = await store.load<readonly string[]>('list', [])
    await store.save(`order-${id}`, 'open', (await store.load(`order-${id}`, '')).version)
    const all = [...keys, `order-${id}`]
    await store.save('list', all.length === 200 ? [] : all, version)
    if (all.length < 200) return
    for (const key of all) await store.remove(key, (await store.load(key, '')).version)
  })
  const endpoints = { orders: [cleaned] }
  const bounded = (now: View): readonly Verdict[] => [boundedGrowth(now, 'order-', 100)]
  await run({ instances: 1, endpoints, finally: bounded })
  const { code } = await failureOf({ instances: 1, endpoints, finally: bounded, always: bounded })
  expect(code).toBe('STORE_UNBOUNDED')
})

test('time passes between two messages', async () => {
  const noting = handler(AddItem, async ({ id }, { store, clock }) => {
    if (id === 'message-200')
      await store.save('time', clock.nowMs(), (await store.load('time', 0)).version)
  })
  await run({
    everyMs: 60_000,
    endpoints: { orders: [noting] },
    finally: (end) => [effectOnce([end.entity('time', 0)], 200 * 60_000)],
  })
})

test('faults happen', async () => {
  let attempts = 0
  const noting = handler(AddItem, async (message, context) => {
    attempts += 1
    await counting(1000).handle(message, context)
  })
  await run({ endpoints: { orders: [noting] }, faults: { crashes: 5, failedSaves: 5 } })
  expect(attempts).toBeGreaterThan(208)
})

test('late copies as a fault are refused: a search makes them, for few messages', () =>
  expect(run({ faults: { lateCopies: 1 } })).rejects.toThrow('Say `copies` instead'))
