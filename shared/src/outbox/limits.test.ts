// What an outbox says and does where something does not fit, or cannot be sent.

import { expect, test } from 'vitest'
import { counters, noteAll, partitionIn, placeOf, recordKey } from '../inbox/index.ts'
import type { Outcome } from '../broker/index.ts'
import { bodyOf, messageId } from '../message/index.ts'
import { addPorsche, counting, fixture, reasonIn } from '../pipeline/fixture.ts'
import { deadLetter, type Dispatch } from '../pipeline/index.ts'
import { type Line, remembering } from '../pipeline/remembering.fixture.ts'
import { ItemAdded } from '../shop/index.ts'
import { absent, decoratedStore, sqliteStore, type Store } from '../store/index.ts'
import { Unavailable } from '../world/index.ts'
import { outbox } from './index.ts'
import { scratchPlace } from './testing/real.fixture.ts'

async function withStore(act: (store: Store) => Promise<void>, limits = {}): Promise<void> {
  await using place = await scratchPlace()
  await using store = sqliteStore({ ...place, limits })
  await act(store)
}

const gift = { orderId: 'order-1', item: 'porsche' }

const announces = (times: number, delayMs = 0) =>
  counting(async (_run, { body }, { store, publish }) => {
    for (let total = 1; total <= times; total += 1) {
      await publish(ItemAdded({ ...body, total }), { delayMs })
    }
    await store.save('order-1', gift, absent)
  })

test('what is sent and does not fit into a record is refused before any effect', () =>
  withStore(
    async (store) => {
      const { handler } = announces(5)
      const behaviours = [deadLetter(), outbox({ partition: partitionIn('orderId') })]
      const { deliver, sent } = fixture([handler], { behaviours, store })
      const outcome: Outcome = await deliver(addPorsche)
      expect(outcome.kind).toBe('dead-letter')
      expect(reasonIn(outcome)).toMatch(/sends to fit into 700 bytes, got \d+. Send less/)
      expect(sent).toEqual([])
      for (const partition of ['order-1/', 'orders.retention/']) {
        expect(await store.list(partition, { limit: 1 })).toEqual([])
      }
      expect((await store.load('order-1', 'nothing')).value).toBe('nothing')
    },
    { maxValueBytes: 700 },
  ))

test('where the broker does not answer, the reason says that the effect is saved; a copy sends', () =>
  withStore(async (store) => {
    const { handler, runs } = announces(2, 5)
    const meter = counters()
    const behaviours = [outbox({ partition: partitionIn('orderId'), meter })]
    const taken: Dispatch[] = []
    let isAway = true
    const { deliver } = fixture([handler], {
      behaviours,
      store,
      dispatch: (dispatch) => {
        if (taken.length > 0 && isAway) return Promise.reject(new Unavailable('nobody is there'))
        taken.push(dispatch)
        return Promise.resolve()
      },
    })
    const reason = reasonIn(await deliver(addPorsche))
    expect(reason).toContain('the effect of AddItem click-1 is saved')
    expect(reason).toContain('nobody is there')
    isAway = false
    expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
    expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
    const [first, again] = taken
    expect(again).toEqual(first)
    expect(first).toMatchObject({ to: { event: 'ItemAdded' }, delayMs: 5 })
    expect(taken.map(({ message }) => bodyOf(message, ItemAdded).total)).toEqual([1, 1, 2])
    expect(runs.count).toBe(1)
    expect(meter.total('stored')).toBe(1)
    expect(meter.total('duplicates')).toBe(2)
    expect(meter.total('dispatched', 'orders')).toBe(3)
  }))

test('where all is sent and only the mark fails, it is sent again, or left to the relay', () =>
  withStore(async (store) => {
    const marking = decoratedStore(store, {
      save: (key, value, expected) =>
        placeOf(key) === undefined
          ? store.save(key, value, expected)
          : Promise.reject(new Unavailable('the disk is full')),
    })
    const outcomes: Outcome[] = []
    const lines: Line[] = []
    for (const hasRelay of [false, true]) {
      const behaviour = outbox({ partition: partitionIn('orderId'), hasRelay })
      const { deliver, sent } = fixture([announces(1).handler], {
        behaviours: [behaviour],
        store: marking,
        log: remembering(lines),
      })
      outcomes.push(await deliver(addPorsche))
      await behaviour.finished?.()
      expect(sent).toHaveLength(1)
      expect(await store.pending({ limit: 10 })).toHaveLength(1)
    }
    const [tried, left] = outcomes
    expect(tried && reasonIn(tried)).toMatch(/AddItem click-1 is saved.*the disk is full/)
    expect(left).toEqual({ kind: 'ack' })
    expect(lines).toMatchObject([{ level: 'warn', error: expect.stringContaining('disk is full') }])
  }))

test('records that are sent while others are being marked share a note, and all are marked', () =>
  withStore(async (store) => {
    const notes: unknown[] = []
    const watched = decoratedStore(store, {
      save: async (key, value, expected) => {
        if (!placeOf(key)) notes.push(value)
        return store.save(key, value, expected)
      },
    })
    const behaviour = outbox({ partition: partitionIn('orderId'), hasRelay: true })
    const says = counting(async (_run, { body }, { publish }) =>
      publish(ItemAdded({ ...body, total: 1 })),
    )
    const { deliver } = fixture([says.handler], { behaviours: [behaviour], store: watched })
    const ids = Array.from({ length: 100 }, (_, index) => `click-${index}`)
    await Promise.all(ids.map((id) => deliver({ ...addPorsche, id: messageId(id) })))
    await behaviour.finished?.()
    expect(await store.pending({ limit: 10 })).toEqual([])
    expect(notes.length).toBeLessThan(20)
    expect(new Set(notes.flat()).size).toBe(ids.length)
    expect(await store.list('orders.retention/', { limit: 100 })).toHaveLength(notes.length)
  }))

test('records of two endpoints share no note, although they share their behaviours', () =>
  withStore(async (store) => {
    const behaviour = outbox({ partition: partitionIn('orderId'), hasRelay: true })
    const says = counting(async (_run, { body }, { publish }) =>
      publish(ItemAdded({ ...body, total: 1 })),
    )
    const endpoints = ['orders', 'gifts'].map((endpoint) =>
      fixture([says.handler], { behaviours: [behaviour], store, endpoint }),
    )
    const ids = Array.from({ length: 10 }, (_, index) => messageId(`click-${index}`))
    await Promise.all(
      ids.flatMap((id) => endpoints.map(({ deliver }) => deliver({ ...addPorsche, id }))),
    )
    await behaviour.finished?.()
    for (const endpoint of ['orders', 'gifts']) {
      const notes = await store.list<readonly string[]>(`${endpoint}.retention/`, { limit: 100 })
      const keys = notes.flatMap(({ value }) => value)
      expect(keys.toSorted()).toEqual(
        ids.map((id) => recordKey({ partition: 'order-1', endpoint, id })).toSorted(),
      )
    }
  }))

test('where they do not fit into one note, or there is such a note, each has its own', () =>
  withStore(
    async (store) => {
      const keys = ['order-1', 'order-2', 'order-3'].map((partition) =>
        recordKey({ partition, endpoint: 'orders', id: 'x'.repeat(60) }),
      )
      const noting = { endpoint: 'orders', keys, atMs: 1 }
      const noted = async () =>
        (await store.list<readonly string[]>('orders.retention/', { limit: 10 })).map(
          ({ value }) => value,
        )
      await noteAll(store, noting)
      expect(await noted()).toEqual(keys.map((key) => [key]))
      await noteAll(store, { ...noting, keys: keys.slice(0, 2), atMs: 2 })
      await noteAll(store, { ...noting, keys: keys.slice(0, 2).toReversed(), atMs: 2 })
      await noteAll(store, { ...noting, keys: [keys[0] ?? '', keys[2] ?? ''], atMs: 2 })
      expect((await noted()).slice(3).flat().toSorted()).toEqual([
        keys[0],
        keys[0],
        keys[1],
        keys[1],
        keys[2],
      ])
    },
    { maxValueBytes: 200 },
  ))

test('a handler whose time is up saves nothing any more', () =>
  withStore(async (store) => {
    const limit = new AbortController()
    const { handler } = counting(async () => limit.abort(new Error('time is up')))
    const behaviours = [outbox({ partition: partitionIn('orderId') })]
    const { deliver } = fixture([handler], { behaviours, store })
    expect(reasonIn(await deliver(addPorsche, 1, limit.signal))).toContain('time is up')
    expect(await store.list('order-1/', { limit: 1 })).toEqual([])
  }))
