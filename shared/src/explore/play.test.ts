import { expect, test } from 'vitest'
import {
  effectOnce,
  effectTimes,
  type FailureCode,
  oneAnswer,
  published,
  told,
} from '../check/index.ts'
import { post } from '../http/index.ts'
import { type Handler, handler } from '../pipeline/index.ts'
import {
  AddItem,
  emptyOrder,
  GrantCoupon,
  ItemAdded,
  OrderPlaced,
  withItem,
} from '../shop/index.ts'
import { type Faults, play } from './index.ts'

const porsche = { orderId: 'order-1', item: 'porsche' }

const naive = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  await publish(ItemAdded(body))
})

const once = (addItem: Handler, duplicates = 0, prefetch = 1) =>
  play({
    prefetch,
    endpoints: { orders: [addItem] },
    given: [AddItem(porsche)],
    faults: { duplicates },
    finally: (end) => [
      effectOnce(end.entity('order-1', emptyOrder).items, 'porsche'),
      published(end, ItemAdded, porsche),
    ],
  })

const failsWith = (run: Promise<void>, code: FailureCode) =>
  expect(run).rejects.toMatchObject({ name: 'Violation', code })

test('what holds passes', async () => {
  await once(naive)
})

test('a duplicate is the same message again, after its original', () =>
  failsWith(once(naive, 1), 'DUPLICATE_EFFECT'))

test('a message that ends in the dead letters fails the play', () =>
  failsWith(once(handler(AddItem, () => Promise.reject(new Error('no')))), 'DEAD_LETTERED'))

test('where messages may end in the dead letters, that fails nothing', () =>
  play({
    endpoints: { orders: [handler(AddItem, () => Promise.reject(new Error('no')))] },
    given: [AddItem(porsche)],
    deadLetters: true,
    finally: (end) => [
      effectOnce(
        end.deadLetters.map(({ type }) => type),
        'AddItem',
      ),
    ],
  }))

test('what is stored of the time is the same when it is played again', async () => {
  const times: number[] = []
  const stamped = handler(AddItem, async (message, context) => {
    const { store, clock, sleep } = context
    const { version } = await store.load('stamp', 0)
    const beganMs = clock.nowMs()
    await Promise.all([sleep(7), sleep(4)])
    times.push(clock.nowMs() - beganMs)
    await store.save('stamp', clock.nowMs(), version)
    await naive.handle(message, context)
  })
  await once(stamped)
  expect(times).toEqual([7, 7])
})

test.each([1, 2])(
  'at prefetch %i, a handler that remembers an earlier run is found out',
  (prefetch) => {
    const seen = new Set<string>()
    const forgetful = handler(AddItem, async (message, context) => {
      if (seen.has(message.body.item)) return
      seen.add(message.body.item)
      await naive.handle(message, context)
    })
    return failsWith(once(forgetful, 0, prefetch), 'HIDDEN_STATE')
  },
)

test('what two endpoints send meets in the same order each time, whichever takes longer', () => {
  let thanked = 0
  const thanks = (isSlow: () => boolean) =>
    handler(OrderPlaced, async ({ body }, { send, sleep }) => {
      if (isSlow()) await sleep(20)
      await send(GrantCoupon({ customer: body.customer, reason: 'thanks' }))
    })
  const grant = handler(GrantCoupon, async ({ id, body }, { store }) => {
    const granted = await store.load<readonly string[]>(body.customer, [])
    await store.save(body.customer, [...granted.value, id], granted.version)
  })
  return play({
    endpoints: {
      marketing: [thanks(() => (thanked += 1) === 1)],
      warehouse: [thanks(() => thanked > 1)],
      coupons: [grant],
    },
    given: [OrderPlaced({ orderId: 'order-1', customer: 'ann' })],
    finally: (end) => [effectTimes(end.entity('ann', [] as readonly string[]), 'marketing.1', 1)],
  })
})

test('a handler that forgets an await is named', () =>
  failsWith(
    once(
      handler(AddItem, async ({ body }, { store }) => {
        const order = await store.load(body.orderId, emptyOrder)
        void store.save(body.orderId, withItem(order.value, body.item), order.version)
      }),
    ),
    'NOT_AWAITED',
  ))

test('a handler that is not exported is answered with where to look', () =>
  expect(once(undefined as never)).rejects.toThrow('Does your file still export'))

test('a handler that never ends is named, well before the test gives up', () =>
  expect(once(handler(AddItem, () => new Promise(() => undefined)))).rejects.toThrow(
    'TimeLimitExceeded',
  ))

test('an event reaches the endpoints that handle it', async () => {
  const noted = handler(ItemAdded, async ({ body }, { store }) => {
    const { version } = await store.load('noted', emptyOrder)
    await store.save('noted', withItem(emptyOrder, body.item), version)
  })
  await play({
    endpoints: { orders: [naive], marketing: [noted] },
    given: [AddItem(porsche)],
    finally: (end) => [effectOnce(end.entity('noted', emptyOrder).items, 'porsche')],
  })
})

test('two messages that are handled at once may be handled in another order the next time', async () => {
  const slower = ['porsche', 'bell']
  const handled: string[] = []
  const gates = slower.map(() => Promise.withResolvers<void>())
  const order = handler(AddItem, async (message, context) => {
    const { item } = message.body
    const play = handled.length < 2 ? 0 : 1
    if (item === slower[play]) await gates[play]?.promise
    await naive.handle(message, context)
    handled.push(item)
    gates[play]?.resolve()
  })
  await play({
    endpoints: { orders: [order] },
    prefetch: 2,
    given: [AddItem(porsche), AddItem({ orderId: 'order-1', item: 'bell' })],
    finally: (end) => [effectOnce(end.entity('order-1', emptyOrder).items, 'porsche')],
  })
  expect(handled).toEqual(['bell', 'porsche', 'porsche', 'bell'])
})

const pays = { to: 'payments', method: 'POST', path: '/payments', body: 'porsche' }

const paid = (faults: Faults = {}) =>
  play({
    servers: {
      payments: [
        post('/payments', async ({ body }, { store }) => {
          const { value, version } = await store.load('account', [] as unknown[])
          await store.save('account', [...value, body], version)
          return { status: 201, body: { charges: value.length + 1 } }
        }),
      ],
    },
    clients: {
      ann: async ({ http }) => {
        await http.send(pays)
      },
    },
    faults,
    finally: (end) => [
      effectOnce(end.entity<readonly string[]>('account', []), 'porsche'),
      told(end, 'ann', [201]),
      oneAnswer(end, ({ caller }) => caller),
    ],
  })

test('a server listens on loopback, and a client calls it', () => paid())

test('a copy of a request is the same request again, after its response', () =>
  failsWith(paid({ copiedRequests: 1 }), 'DUPLICATE_EFFECT'))

test('a route that forgets an await fails the play', () =>
  failsWith(
    play({
      servers: {
        payments: [
          post('/payments', async (_request, { store }) => {
            void store.load('account', 0)
            return { status: 201 }
          }),
        ],
      },
      clients: {
        ann: async ({ http }) => {
          await http.send(pays)
        },
      },
      finally: () => [],
    }),
    'NOT_AWAITED',
  ))
