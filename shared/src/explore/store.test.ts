// What a specification says of the store: its limits, how entries expire, reads that are stale.

import { expect, test } from 'vitest'
import { effectOnce, type View, Violation } from '../check/index.ts'
import { type Handler, handler } from '../pipeline/index.ts'
import { AddItem, emptyOrder, ItemAdded, withItem } from '../shop/index.ts'
import { explore } from './explore.ts'
import { play } from './play.ts'
import type { Specification } from './specification.ts'

const porsche = { orderId: 'order-1', item: 'porsche' }
const none = (): readonly [] => []

const naive = handler(AddItem, async ({ body }, { store }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})

const specificationOf = (addItem: Handler, more: Partial<Specification>): Specification => ({
  endpoints: { orders: [addItem] },
  given: [AddItem(porsche)],
  finally: none,
  ...more,
})

async function failureOf(specification: Specification): Promise<Violation> {
  const error: unknown = await explore(specification).catch((failure: unknown) => failure)
  if (error instanceof Violation) return error
  throw new Error('expected a violation, got none', { cause: error })
}

const bytes = JSON.stringify(withItem(emptyOrder, 'porsche')).length
const limited = (maxValueBytes: number): Partial<Specification> => ({
  store: { limits: { maxValueBytes } },
})

test('an entity that is too large fails the run, and says which, by how much', async () => {
  await explore(specificationOf(naive, limited(bytes)))
  const { code, sentence, message } = await failureOf(specificationOf(naive, limited(bytes - 1)))
  expect(code).toBe('ENTITY_TOO_LARGE')
  expect(sentence).toBe(`expected at most ${bytes - 1} bytes of JSON in order-1, got ${bytes}`)
  expect(message).toContain('save order-1')
  expect(message).toContain('TooLarge')
})

test('a handler may find out that a value is too large, and save another one', async () => {
  const careful = handler(AddItem, async (message, context) => {
    await naive.handle(message, context).catch(() => undefined)
  })
  await explore(specificationOf(careful, limited(10)))
})

test('the real store has the same limits', async () => {
  await play(specificationOf(naive, limited(bytes)))
  await expect(play(specificationOf(naive, limited(bytes - 1)))).rejects.toMatchObject({
    code: 'ENTITY_TOO_LARGE',
  })
})

/** Stores a mark that lives for 100 ms, and looks for it after 200. */
const marks = handler(AddItem, async ({ body }, { store, publish }) => {
  const { version } = await store.load('mark-1', 'gone')
  await store.save('mark-1', 'there', version)
  await publish(ItemAdded(body), { delayMs: 200 })
})
const looks = handler(ItemAdded, async (_message, { store }) => {
  const mark = await store.load('mark-1', 'gone')
  const seen = await store.load('seen-1', '')
  await store.save('seen-1', mark.value, seen.version)
})
const seen = (end: View): string => end.entity('seen-1', '')

const marking = (mode: 'vanishes' | 'lingers'): Specification => ({
  endpoints: { orders: [marks], marketing: [looks] },
  given: [AddItem(porsche)],
  store: { expiry: { mode, lifetimeMs: (key) => (key === 'mark-1' ? 100 : undefined) } },
  finally: none,
})

test('what vanishes is gone when its time has come', async () => {
  await explore({ ...marking('vanishes'), goals: { gone: (end) => seen(end) === 'gone' } })
  const there = { ...marking('vanishes'), goals: { there: (end: View) => seen(end) === 'there' } }
  expect((await failureOf(there)).code).toBe('NOTHING_HAPPENED')
})

test('what lingers may be there, and may be gone', () =>
  explore({
    ...marking('lingers'),
    goals: { gone: (end) => seen(end) === 'gone', there: (end) => seen(end) === 'there' },
  }))

test('a picture says what has expired, whatever the failure is about', async () => {
  const { message } = await failureOf({
    ...marking('lingers'),
    always: (now) =>
      seen(now) === 'gone' ? [new Violation('LOST_UPDATE', 'gone', { about: ['seen-1'] })] : [],
  })
  expect(message).toContain('mark-1 has expired')
})

test('a stale read gives what was there before, and the picture says so', async () => {
  const twice = handler(AddItem, async (message, context) => {
    await naive.handle(message, context)
    const order = await context.store.load('order-1', emptyOrder)
    const { version } = await context.store.load('seen-1', '')
    await context.store.save('seen-1', `${order.value.items.length} seen`, version)
  })
  const specification = specificationOf(twice, {
    finally: (end) => [effectOnce([seen(end)], '1 seen')],
  })
  await explore(specification)
  const { message } = await failureOf({ ...specification, faults: { staleReads: 1 } })
  expect(message).toContain('nothing: stale')
})
