// A unit of work against a plain store: a handler cannot tell them apart until others write.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TooLarge } from '../world/index.ts'
import { testDirectory } from './sqlite/testing/directory.ts'
import { absent, Conflict, sqliteStore, type Store, UnitOfWork, type Version } from './index.ts'

const keys = ['order-1', 'order-1/a', 'order-1/b', 'order-1/ö']
const call = fc.oneof(
  fc.record({ kind: fc.constant('save'), key: fc.constantFrom(...keys), value: fc.nat(9) }),
  fc.record({ kind: fc.constant('remove'), key: fc.constantFrom(...keys) }),
  fc.record({ kind: fc.constant('load'), key: fc.constantFrom(...keys) }),
  fc.record({ kind: fc.constant('stale'), key: fc.constantFrom(...keys) }),
  fc.record({ kind: fc.constant('list'), limit: fc.integer({ min: 1, max: 4 }) }),
)
type Call = { kind: string; key?: string; value?: number; limit?: number }

/** What a caller sees of a call: values and errors, not the versions themselves. */
async function answer(store: Store, { kind, key = '', value, limit = 1 }: Call): Promise<unknown> {
  if (kind === 'list') {
    const found = await store.list('order-1/', { limit })
    return found.map((entry) => `${entry.key} = ${String(entry.value)}`)
  }
  const loaded = await store.load<unknown>(key, 'nothing')
  if (kind === 'load') return [loaded.value, loaded.version === absent]
  if (kind === 'save') return (await store.save(key, value, loaded.version)) === absent
  if (kind === 'remove') return store.remove(key, loaded.version)
  await store.save(key, 'first', loaded.version)
  const error = await store.save(key, 'second', loaded.version).catch((caught: unknown) => caught)
  return error instanceof Conflict && error.key
}

const contents = async (store: Store): Promise<readonly string[]> => [
  String((await store.load<unknown>('order-1', 'nothing')).value),
  ...(await store.list('order-1/', { limit: 10 })).map(
    ({ key, value }) => `${key} ${String(value)}`,
  ),
]

test('whatever is called, it answers as a store does, and ends as one', async () => {
  await using own = await testDirectory()
  await using other = await testDirectory()
  await using plain = sqliteStore(own)
  await using under = sqliteStore(other)
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 4 }), fc.array(call), async (before, calls) => {
      for (const store of [plain, under]) {
        for (const key of keys) await store.remove(key, (await store.load(key, 0)).version)
        for (const one of before) await answer(store, one)
      }
      const unit = new UnitOfWork(under, 'order-1')
      for (const one of calls)
        expect(await answer(unit.store, one)).toEqual(await answer(plain, one))
      await under.saveAll(unit.writes)
      expect(await contents(under)).toEqual(await contents(plain))
    }),
    { seed: 1, numRuns: 40 },
  )
})

async function withUnit(
  act: (unit: UnitOfWork, under: Store) => Promise<void>,
  limits = {},
): Promise<void> {
  await using own = await testDirectory()
  await using under = sqliteStore({ ...own, limits })
  await act(new UnitOfWork(under, 'order-1'), under)
}

test('nothing is saved before all is, and not if somebody else was faster', () =>
  withUnit(async (unit, under) => {
    const { version } = await unit.store.load('order-1', 'nothing')
    const own = await unit.store.save('order-1', 'mine', version)
    await unit.store.save('order-1', 'mine again', own)
    await unit.store.save('order-1/line', 'also mine', absent)
    expect(await contents(under)).toEqual(['nothing'])
    await under.save('order-1', 'theirs', absent)
    await expect(under.saveAll(unit.writes)).rejects.toThrow(Conflict)
    expect(await contents(under)).toEqual(['theirs'])
  }))

test('what is written may change afterwards, and what is read may not', () =>
  withUnit(async ({ store }) => {
    const order = { items: ['bell'] }
    await store.save('order-1', order, absent)
    order.items.push('globe')
    const { value } = await store.load('order-1', order)
    expect(value).toEqual({ items: ['bell'] })
    expect(Object.isFrozen(value.items)).toBe(true)
  }))

test('a write set is kept whole or not at all', () =>
  withUnit(async (unit) => {
    const { store } = unit
    await store.save('order-1', 1, absent)
    const late = [
      { key: 'order-1/line', value: 2, expected: absent },
      { key: 'order-1', value: 2, expected: 17 as Version },
    ]
    await expect(store.saveAll(late)).rejects.toThrow(Conflict)
    expect((await store.load('order-1/line', 0)).value).toBe(0)
    expect(unit.writes).toEqual([{ key: 'order-1', value: 1, expected: absent }])
  }))

test('what no store would save is refused at once', () =>
  withUnit(
    async ({ store }) => {
      await expect(store.save('order-2', 1, absent)).rejects.toThrow(
        'partition order-1, got order-2',
      )
      await expect(store.save('order-1', new Date(0), absent)).rejects.toThrow(
        'expected a JSON value',
      )
      await expect(store.save('order-1', 'x'.repeat(30), absent)).rejects.toThrow(TooLarge)
      await expect(store.list('order-1/', { limit: 0 })).rejects.toThrow('limit of 1 to 1000')
    },
    { maxValueBytes: 20 },
  ))

test('an entry that is to be found as pending still is', () =>
  withUnit(async (unit, under) => {
    await unit.store.saveAll([{ key: 'order-1', value: 1, expected: absent, pending: true }])
    await under.saveAll(unit.writes)
    expect(await under.pending({ limit: 10 })).toMatchObject([{ key: 'order-1' }])
  }))

test('what it has removed takes no place in a list, and what it has written is not old', () =>
  withUnit(async ({ store }, under) => {
    for (const name of ['a', 'b', 'c']) await under.save(`order-1/${name}`, 1, absent)
    const keysIn = async (limit: number, olderThanMs: number): Promise<readonly string[]> =>
      (await store.list('order-1/', { limit, olderThanMs })).map(({ key }) => key)
    for (const name of ['a', 'b']) {
      const key = `order-1/${name}`
      await store.remove(key, (await store.load(key, 0)).version)
    }
    await store.save('order-1/b', 2, absent)
    await store.save('order-1/d', 2, absent)
    expect(await keysIn(2, 0)).toEqual(['order-1/b', 'order-1/c'])
    expect(await keysIn(3, 60_000)).toEqual([])
  }))
