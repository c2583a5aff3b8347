import { expect, test } from 'vitest'
import { effectOnce, type FailureCode } from '../check/index.ts'
import { type Handler, handler } from '../pipeline/index.ts'
import { AddItem, emptyOrder, withItem } from '../shop/index.ts'
import { explore, findsBug, knownHole, sparesCorrect } from './index.ts'

const twice = handler(AddItem, async ({ body }, { store }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})
const once = handler(AddItem, async ({ body }, { store }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
})

const explored = (addItem: Handler) =>
  explore({
    endpoints: { orders: [addItem] },
    given: [AddItem({ orderId: 'order-1', item: 'porsche' })],
    faults: { duplicates: 1 },
    finally: (end) => [effectOnce(end.entity('order-1', emptyOrder).items, 'porsche')],
  })

const codeOf = (expectation: Promise<void>) =>
  expectation.then(
    () => 'holds',
    (error: unknown) => (error as { readonly code: FailureCode }).code,
  )

test('a known hole is one with its own code, which is open', async () => {
  expect(await codeOf(knownHole('DUPLICATE_EFFECT', explored(twice)))).toBe('holds')
  expect(await codeOf(knownHole('STALE_WRITE', explored(twice)))).toBe('DUPLICATE_EFFECT')
  expect(await codeOf(knownHole('DUPLICATE_EFFECT', explored(once)))).toBe('FALSE_ALARM')
})

test('where no hole is known, a failure is a failure', async () => {
  expect(await codeOf(knownHole(undefined, explored(twice)))).toBe('DUPLICATE_EFFECT')
  expect(await codeOf(knownHole(undefined, explored(once)))).toBe('holds')
})

test('a planted bug is found, or has survived', async () => {
  expect(await codeOf(findsBug('adds at every copy', explored(twice)))).toBe('holds')
  expect(await codeOf(findsBug('adds once', explored(once)))).toBe('BUG_SURVIVED')
})

test('a correct handler is spared; a false alarm shows the picture of what failed', async () => {
  expect(await codeOf(sparesCorrect('adds once', explored(once)))).toBe('holds')
  await expect(sparesCorrect('adds twice', explored(twice))).rejects.toMatchObject({
    code: 'FALSE_ALARM',
    message: expect.stringMatching(/adds twice\)\n\n.*a duplicate/s) as string,
  })
})

test('a monkey that uses real time has found nothing', async () => {
  const dicing = handler(AddItem, () => {
    Math.random()
    return Promise.resolve()
  })
  expect(await codeOf(findsBug('dices', explored(dicing)))).toBe('REAL_TIME_USED')
})

test('what is no failure of a property is no bug that was found', async () => {
  const broken = Promise.reject(new TypeError('a mistake in the test'))
  await expect(findsBug('any', broken)).rejects.toThrow(TypeError)
})
