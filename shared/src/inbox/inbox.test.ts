import { expect, test } from 'vitest'
import { effectOnce, noDeadLetters } from '../check/index.ts'
import { explore, type Specification } from '../explore/index.ts'
import { addPorsche, fixture } from '../pipeline/fixture.ts'
import { type Behaviour, handler, type Handler } from '../pipeline/index.ts'
import { AddItem, emptyOrder, ItemAdded, withItem } from '../shop/index.ts'
import type { Commit } from '../sqlite/index.ts'
import { absent, decoratedStore, sqliteStore } from '../store/index.ts'
import { testDirectory } from '../store/sqlite/testing/directory.ts'
import { Unavailable } from '../world/index.ts'
import { counters, inbox, partitionIn } from './index.ts'

const addItem = handler(AddItem, async ({ body }, { store }) => {
  const { value, version } = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(value, body.item), version)
})
const ours = (): Behaviour => inbox({ partition: partitionIn('orderId') })

/** Two messages about one order, two instances. */
const given = (
  behaviour: () => Behaviour,
  faults: NonNullable<Specification['faults']>,
): Specification => ({
  endpoints: { orders: { handlers: [addItem], behaviours: () => [behaviour()] } },
  given: ['porsche', 'bell'].map((item) => AddItem({ orderId: 'order-1', item })),
  faults,
  finally: (end) =>
    ['porsche', 'bell'].map((item) => effectOnce(end.entity('order-1', emptyOrder).items, item)),
})

for (const fault of ['crashes', 'lateCopies', 'unknown', 'expiredLeases']) {
  test(`an effect is there once, in all schedules with one of ${fault}`, async () => {
    const report = await explore(given(ours, { [fault]: 1 }))
    expect(report?.coverage).toMatchObject({ kind: 'all' })
  })
}

test('an inbox that saves its record afterwards is found', async () => {
  const savesTwice = (): Behaviour => ({
    incoming: (context, next) => {
      const { store } = context
      const saveAll: typeof store.saveAll = async (writes) => {
        await store.saveAll(writes.slice(0, -1))
        return store.saveAll(writes.slice(-1))
      }
      const bent = { ...context, store: decoratedStore(store, { saveAll }) }
      return ours().incoming?.(bent, next) ?? Promise.resolve()
    },
  })
  await expect(explore(given(savesTwice, { crashes: 1 }))).rejects.toMatchObject({
    code: 'DUPLICATE_EFFECT',
  })
})

const once = (addItems: Handler, changes: Partial<Specification> = {}): Promise<unknown> =>
  explore({
    endpoints: { orders: { handlers: [addItems], behaviours: () => [ours()] } },
    given: [AddItem({ orderId: 'order-1', item: 'porsche' })],
    finally: (end) => [noDeadLetters(end)],
    ...changes,
  })

test('a handler that sends a message is refused, and nothing of it is saved', async () => {
  const sends = handler(AddItem, async ({ body }, { store, publish }) => {
    await store.save(body.orderId, withItem(emptyOrder, body.item), absent)
    await publish(ItemAdded(body))
  })
  await expect(once(sends)).rejects.toThrow('Use outbox()')
  await once(sends, {
    deadLetters: true,
    finally: (end) => [
      effectOnce([end.entities('').length], 0),
      effectOnce(
        end.deadLetters.map(({ type }) => type),
        'AddItem',
      ),
    ],
  })
})

test('a handler that lists entries sees its own, and no record', async () => {
  const seen = new Set<string>()
  const lists = handler(AddItem, async ({ body: { orderId, item } }, { store }) => {
    await store.save(`${orderId}/${item}`, 1, (await store.load(`${orderId}/${item}`, 0)).version)
    for (const { key } of await store.list(`${orderId}/`, { limit: 10 })) seen.add(key)
  })
  const gifts = ['porsche', 'bell'].map((item) => AddItem({ orderId: 'order-1', item }))
  await once(lists, { given: gifts })
  expect([...seen].toSorted()).toEqual(['order-1/bell', 'order-1/porsche'])
})

test('a message of which the partition is not known is refused', async () => {
  for (const [partition, reason] of [
    [partitionIn('customerId'), 'expected a text in customerId of every AddItem'],
    [() => 'order-1/lines', 'to be a text without a slash, got "order-1/lines"'],
  ] as const) {
    const behaviours = (): readonly Behaviour[] => [inbox({ partition })]
    const endpoints = { orders: { handlers: [addItem], behaviours } }
    await expect(once(addItem, { endpoints })).rejects.toThrow(reason)
  }
})

test('two endpoints that share a store each process an event, and count for themselves', async () => {
  const meter = counters()
  const counting = (name: string): Handler =>
    handler(ItemAdded, async ({ body }, { store }) => {
      const key = `${body.orderId}/${name}`
      const { value, version } = await store.load(key, 0)
      await store.save(key, value + 1, version)
    })
  const behaviours = (): readonly Behaviour[] => [
    inbox({ partition: partitionIn('orderId'), meter }),
  ]
  await explore({
    endpoints: {
      marketing: { handlers: [counting('marketing')], behaviours },
      warehouse: { handlers: [counting('warehouse')], behaviours },
    },
    given: [ItemAdded({ orderId: 'order-1', item: 'bell' })],
    instances: 1,
    finally: (end) =>
      ['marketing', 'warehouse'].map((name) => effectOnce([end.entity(`order-1/${name}`, 0)], 1)),
  })
  expect(meter.total('stored', 'marketing')).toBe(meter.total('stored', 'warehouse'))
  expect(meter.total('stored')).toBe(2 * meter.total('stored', 'marketing'))
  expect(meter.total('duplicates')).toBe(0)
})

test('on a store that keeps the order of calls, a message takes one commit', async () => {
  await using own = await testDirectory()
  const commits: Commit[] = []
  await using store = sqliteStore({ ...own, onCommit: (commit) => commits.push(commit) })
  const { deliver } = fixture([addItem], { store, behaviours: [ours()] })
  expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
  expect(commits.map(({ writes }) => writes)).toEqual([2])
})

test('a record whose note was refused while it was saved is noted again', async () => {
  await using own = await testDirectory()
  await using store = sqliteStore(own)
  let isFull = true
  const failing = decoratedStore(store, {
    save: async (key, value, expected) => {
      if (isFull && key.startsWith('orders.retention/')) {
        isFull = false
        throw new Unavailable('make room on the disk')
      }
      return store.save(key, value, expected)
    },
  })
  const { deliver } = fixture([addItem], { store: failing, behaviours: [ours()] })
  expect(await deliver(addPorsche)).toEqual({ kind: 'ack' })
  expect(isFull).toBe(false)
  expect(await store.list('orders.retention/', { limit: 10 })).toHaveLength(1)
})
