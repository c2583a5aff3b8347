// What an outbox says and does where something does not fit, or cannot be sent.

import { expect, test } from 'vitest'
import { counters, partitionIn } from '../inbox/index.ts'
import type { Outcome } from '../broker/index.ts'
import { bodyOf } from '../message/index.ts'
import { addPorsche, counting, fixture, reasonIn } from '../pipeline/fixture.ts'
import { deadLetter, type Dispatch } from '../pipeline/index.ts'
import { ItemAdded } from '../shop/index.ts'
import { absent, sqliteStore, type Store } from '../store/index.ts'
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

test('a handler whose time is up saves nothing any more', () =>
  withStore(async (store) => {
    const limit = new AbortController()
    const { handler } = counting(async () => limit.abort(new Error('time is up')))
    const behaviours = [outbox({ partition: partitionIn('orderId') })]
    const { deliver } = fixture([handler], { behaviours, store })
    expect(reasonIn(await deliver(addPorsche, 1, limit.signal))).toContain('time is up')
    expect(await store.list('order-1/', { limit: 1 })).toEqual([])
  }))
