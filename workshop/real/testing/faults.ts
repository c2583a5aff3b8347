// The tests of an exercise that nobody solves: each fault shows in what happened, on processes of
// its own. It is laid out as a test file where it is run, and does nothing where it stands.

import { setTimeout as sleep } from 'node:timers/promises'
import type { View } from '@workshop/shared/check'
import { explore, once, type Specification, untilThanked } from '@workshop/shared/explore'
import { handler } from '@workshop/shared/pipeline'
import { AddItem, CheckOut, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'
import { describe, test } from 'vitest'

const orderId = 'order-1'
const porsche = AddItem({ orderId, item: 'porsche' })

/** Announces by which process it was handled, and then notes it; notes, too, why it could not. */
const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  try {
    await publish(ItemAdded({ ...body, item: `process ${process.pid}` }))
    const order = await store.load(body.orderId, emptyOrder)
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  } catch (error) {
    const failures = await store.load<readonly string[]>('failures', [])
    await store.save('failures', [...failures.value, String(error)], failures.version)
    throw error
  }
})
const endpoints = { orders: [addItem] }

type Played = Omit<Specification, 'finally'>

/** A fault may be spent in the second performance only: one of them has to end like this. */
async function endsOnce(specification: Played, isSo: (end: View) => boolean): Promise<void> {
  const ends: View[] = []
  await explore({
    ...specification,
    finally: (end) => {
      ends.push(end)
      return []
    },
  })
  if (ends.some(isSo)) return
  const told = ends.map(({ history }) => history.map(({ kind }) => kind).join(', '))
  throw new Error(`expected such an end, got:\n${told.join('\n')}`)
}

const times = (end: View, kind: View['history'][number]['kind']): number =>
  end.history.filter((event) => event.kind === kind).length
const processesOf = (end: View): number =>
  new Set(end.published(ItemAdded).map(({ item }) => item)).size
const itemsOf = (end: View) => end.entity(orderId, emptyOrder).items

test('without faults each message is handled once', () =>
  endsOnce(
    { endpoints, given: [porsche] },
    (end) => times(end, 'delivered') === 1 && itemsOf(end).length === 1,
  ))

test('two instances are two processes, at work at the same time', () => {
  const meet = handler(AddItem, async ({ body }, { store }) => {
    const mine = await store.load(body.item, 0)
    await store.save(body.item, process.pid, mine.version)
    for (let look = 0; look < 1000; look += 1) {
      const all = await Promise.all(['bell', 'globe'].map((key) => store.load(key, 0)))
      if (all.every(({ value }) => value > 0)) return
      await sleep(5)
    }
  })
  return endsOnce(
    {
      endpoints: { orders: [meet] },
      given: ['bell', 'globe'].map((item) => AddItem({ orderId, item })),
    },
    (end) => end.entity('bell', 0) !== end.entity('globe', 0) && times(end, 'delivered') === 2,
  )
})

test('a process that is killed loses its message to another one', () =>
  endsOnce(
    { endpoints, given: [porsche], faults: { crashes: 1 } },
    (end) => times(end, 'delivered') === 2 && processesOf(end) === 2,
  ))

describe('a copy', () => {
  test.each([['duplicates'], ['lateCopies']] as const)('of %s is one message more', (fault) =>
    endsOnce(
      { endpoints, given: [porsche], faults: { [fault]: 1 } },
      (end) => times(end, 'delivered') === 2,
    ),
  )
})

test.for([
  ['refused', 'Unavailable: the publish was refused'],
  ['unknown', 'Unknown: the '],
  ['failedSaves', 'Unavailable: the write was refused'],
] as const)('%s is what the handler meets, once', ([fault, says]) =>
  endsOnce({ endpoints, given: [porsche], faults: { [fault]: 1 } }, (end) => {
    const failures = end.entity<readonly string[]>('failures', [])
    const isMet = failures.length === 1 && failures.every((failure) => failure.startsWith(says))
    return isMet && itemsOf(end).length > 0
  }),
)

test('the second exploration of a test is played as well', async () => {
  await explore({ endpoints, finally: () => [] })
  await endsOnce({ endpoints, given: [porsche] }, (end) => times(end, 'saved') === 1)
})

test('what waits for a time is waited for', () => {
  const later = handler(CheckOut, (_message, { send }) => send(porsche, { delayMs: 300 }))
  return endsOnce(
    {
      endpoints: { orders: [addItem], shop: [later] },
      given: [CheckOut({ customer: 'ann' })],
    },
    (end) => itemsOf(end).length === 1,
  )
})

test('a client whose service dies hears nothing, and is thanked by the next one', () => {
  const checkOut = handler(CheckOut, async ({ body }, { store }) => {
    const cart = await store.load(body.customer, emptyOrder)
    await store.save(body.customer, withItem(cart.value, 'sold'), cart.version)
  })
  return endsOnce(
    {
      services: { shop: [checkOut] },
      stored: { ann: { items: ['porsche'] } },
      clients: { ann: untilThanked(CheckOut({ customer: 'ann' })) },
      faults: { crashes: 1 },
    },
    (end) =>
      end.entity('ann', emptyOrder).items.join() === 'porsche,sold,sold' &&
      times(end, 'answered') === 2,
  )
})

test('what nobody takes stays where it is', () =>
  endsOnce(
    {
      endpoints,
      instances: { orders: 0 },
      clients: { ann: ({ send }) => send(porsche) },
    },
    (end) => times(end, 'delivered') === 0 && end.published(AddItem).length === 1,
  ))

test('a service that cannot be reached says so', () =>
  endsOnce(
    {
      services: { shop: [handler(CheckOut, () => Promise.reject(new Error('closed')))] },
      clients: { ann: once(CheckOut({ customer: 'ann' })) },
    },
    (end) => end.history.some((event) => event.kind === 'answered' && !event.isThanked),
  ))

test('a dead letter is allowed where the specification says so', () =>
  endsOnce(
    {
      endpoints: { orders: [handler(AddItem, () => Promise.reject(new Error('no')))] },
      given: [porsche],
      deadLetters: true,
    },
    (end) => end.deadLetters.length === 1,
  ))
