// What the simulated store tells of its steps: events at the moment of the effect, and a detail of
// each step from which a picture can be drawn.

import { expect, test } from 'vitest'
import { exploreSystem, type TraceStep } from '../../simulation/index.ts'
import { absent, type Version } from '../store.ts'
import type { StoreDetail, StoreEvent } from './detail.ts'
import { type Act, contents, explored, staged, type Story } from './testing/endings.ts'

/** Writes of every kind, one of which conflicts; begun anew after each failure, and each crash. */
const busy: Act = async (store) => {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      const { version } = await store.load('order-1', undefined)
      const saved = await store.save('order-1', `paid ${version}`, version)
      const mark = await store.load('order-1/mark', undefined)
      await store.saveAll([
        { key: 'order-1/mark', value: 'seen', expected: mark.version },
        { key: 'order-1', remove: true, expected: saved },
      ])
      await store.remove('order-1', absent)
      await store.save('order-1', 'late', saved)
    } catch {
      // What became of it shows in what is stored.
    }
  }
}

test('what is recorded is what is stored, after every step, whatever fails', async () => {
  const events: StoreEvent[] = []
  const story: Story = {
    acts: [busy],
    faults: { crashes: 1, failedSaves: 1, unknown: 1 },
    store: { record: (event) => events.push(event) },
  }
  await explored(story, ({ store }) => {
    events.length = 0
    return {
      always: () => {
        const replayed = new Map<string, unknown>()
        for (const event of events) {
          if (event.kind === 'saved') replayed.set(event.key, event.value)
          if (event.kind === 'removed') replayed.delete(event.key)
        }
        const recorded = JSON.stringify([...replayed].toSorted(([a], [b]) => (a < b ? -1 : 1)))
        const stored = JSON.stringify(store.entries().map(({ key, value }) => [key, value]))
        if (recorded === stored) return undefined
        return { code: 'NOT_RECORDED', sentence: `expected ${stored}, got ${recorded}` }
      },
      atEnd: () => undefined,
    }
  })
})

test('each event is recorded once, with what was loaded or saved', async () => {
  const events: StoreEvent[] = []
  const act: Act = async (store) => {
    await store.load('order-1', 'nothing')
    const version = await store.save('order-1', 'paid', absent)
    await store.load('order-1', 'nothing')
    await store.remove('order-1', version)
    await store.remove('order-1', absent)
  }
  const story = { acts: [act], store: { record: (event: StoreEvent) => events.push(event) } }
  await explored(story, () => {
    events.length = 0
    return { atEnd: () => undefined }
  })
  expect(events).toEqual([
    { kind: 'loaded', key: 'order-1', value: 'nothing', version: 0 },
    { kind: 'saved', key: 'order-1', value: 'paid' },
    { kind: 'loaded', key: 'order-1', value: 'paid', version: 1 },
    { kind: 'removed', key: 'order-1' },
  ])
})

/** The steps of the simplest schedule that ends as `isWanted` says. */
async function stepsOf(
  story: Story,
  isWanted: (end: string) => boolean,
): Promise<readonly TraceStep[]> {
  const { counterexample } = await exploreSystem({
    ...story,
    system: (simulation) => {
      const { said, store } = staged(simulation, story)
      const end = () => `${said.join()} | ${contents(store)}`
      const finding = { code: 'WANTED', sentence: 'this is the schedule that is asked for' }
      return { atEnd: () => (isWanted(end()) ? finding : undefined) }
    },
  })
  expect(counterexample?.finding.code).toBe('WANTED')
  return counterexample?.trace.steps ?? []
}

const detailOf = (step: TraceStep | undefined): StoreDetail => step?.detail as StoreDetail

test('the detail of a write has what was stored before and after it', async () => {
  const act: Act = async (store) => {
    const { version } = await store.load('order-1', 'nothing')
    const writes = [
      { key: 'order-1', value: 'paid', expected: version },
      { key: 'order-1/mark', value: 1, expected: absent, pending: true },
    ]
    await store.saveAll(writes)
    await store.list('order-1/', { limit: 10 })
    await store.pending({ limit: 10 })
    await store.saveAll(writes)
  }
  const steps = await stepsOf({ acts: [act], given: { 'order-1': 'open' } }, () => true)
  const [open, paid] = [
    { value: 'open', version: 1 },
    { value: 'paid', version: 2 },
  ]
  const mark = { value: 1, version: 1 }
  expect(steps.map(({ kind, resource }) => `${kind} ${resource}`)).toEqual([
    'load store order-1',
    'save all store order-1',
    'list store order-1',
    'pending *',
    'save all store order-1',
  ])
  expect(steps.map(detailOf)).toEqual([
    { keys: [{ key: 'order-1', before: open, after: open }] },
    {
      keys: [
        { key: 'order-1', before: open, after: paid },
        { key: 'order-1/mark', before: undefined, after: mark },
      ],
      isApplied: true,
    },
    { keys: [{ key: 'order-1/mark', before: mark, after: mark }] },
    { keys: [{ key: 'order-1/mark', before: mark, after: mark }] },
    {
      keys: [
        { key: 'order-1', before: paid, after: paid },
        { key: 'order-1/mark', before: mark, after: mark },
      ],
      isApplied: false,
      conflict: 'order-1',
    },
  ])
})

test('the detail of a write that fails says whether it took effect all the same', async () => {
  const pay: Act = (store) => store.save('order-1', 'paid', absent)
  const story = { acts: [pay], faults: { failedSaves: 1, unknown: 1 } }
  const paid = { value: 'paid', version: 1 }
  for (const [end, after] of [
    ['Unavailable | ', undefined],
    ['Unknown | ', undefined],
    ['Unknown | order-1=paid', paid],
  ] as const) {
    const [step] = await stepsOf(story, (got) => got === end)
    expect(step?.fault).toBe(end.startsWith('Unknown') ? 'unknown' : 'failedSaves')
    expect(detailOf(step)).toEqual({
      keys: [{ key: 'order-1', before: undefined, after }],
      isApplied: after !== undefined,
    })
  }
})

test('the detail of a stale read has what is stored, beside the answer that was stale', async () => {
  const read: Act = async (store) => (await store.load('order-1', 'nothing')).value
  const story = { acts: [read], given: { 'order-1': 'open' }, faults: { staleReads: 1 } }
  const [step] = await stepsOf(story, (end) => end.startsWith('nothing'))
  const open = { value: 'open', version: 1 }
  expect(step?.fault).toBe('staleReads')
  expect(step?.answer).toEqual({ result: { value: 'nothing', version: 0 } })
  expect(detailOf(step)).toEqual({
    keys: [{ key: 'order-1', before: open, after: open, stale: null }],
  })
})

test('the detail of an expiry has what went', async () => {
  const mark: Act = (store) => store.save('order-1/mark', 'seen', absent)
  const store = { expiry: { mode: 'lingers', lifetimeMs: () => 100 } } as const
  const steps = await stepsOf({ acts: [mark], store }, () => true)
  const seen = { value: 'seen', version: 1 }
  expect(steps.map(({ kind, nowMs }) => `${kind} @${nowMs}`)).toEqual([
    'save @0',
    'time @100',
    'expire @100',
  ])
  expect(detailOf(steps.at(-1))).toEqual({
    keys: [{ key: 'order-1/mark', before: seen, after: undefined }],
  })
})

test('a call that is refused for what it asks is no step', async () => {
  const { steps } = await exploreSystem({
    system: (simulation) => {
      const calls: readonly Act[] = [
        (store) => store.load('/', 0),
        (store) => store.save('', 'paid', absent),
        (store) => store.save('order-1', Number.NaN, absent),
        (store) => store.list('order-1', { limit: 1 }),
        (store) => store.pending({ limit: 0 }),
      ]
      const { said } = staged(simulation, { acts: calls })
      return {
        atEnd: () => {
          expect(said).toEqual(calls.map(() => 'TypeError'))
          return undefined
        },
      }
    },
  })
  expect(steps).toBe(0)
})

test('a write that is over a limit is a step that changes nothing, and says so', async () => {
  const act: Act = (store) => store.save('order-1', 'far too long', 1 as Version)
  const story = { acts: [act], given: { 'order-1': 'open' } }
  const limits = { maxValueBytes: 8 }
  const [step] = await stepsOf({ ...story, store: { limits } }, (end) => end.startsWith('TooLarge'))
  expect(step).toMatchObject({ kind: 'save', resource: 'store order-1', access: 'read' })
  const open = { value: 'open', version: 1 }
  expect(detailOf(step)).toEqual({
    keys: [{ key: 'order-1', before: open, after: open }],
    isApplied: false,
  })
})

test('what a load hands out changes nothing, whatever is done to it', async () => {
  const act: Act = async (store) => {
    const loaded: { value: unknown; version: number } = await store.load('order-1', '')
    expect(() => (loaded.value = 'stolen')).toThrow(TypeError)
    expect(() => (loaded.version = 7)).toThrow(TypeError)
  }
  await explored({ acts: [act], given: { 'order-1': 'open' } }, ({ said, store }) => ({
    atEnd: () => {
      expect([...said, contents(store)]).toEqual(['undefined', 'order-1=open'])
      return undefined
    },
  }))
})
