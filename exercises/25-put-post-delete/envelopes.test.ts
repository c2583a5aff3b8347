import { explore } from '@workshop/shared/explore'
import { test } from 'vitest'
import { bank } from './bank.ts'
import { newId, PayOrder, seal, shred } from './letters.ts'
import { collectAnswer, payOrder } from './orders.ts'
import { allAnswered, atEveryMoment, bothEmpty, done } from './promises.ts'

const both = {
  endpoints: { orders: [payOrder, collectAnswer] },
  servers: { bank },
  instances: 1,
  always: atEveryMoment,
}
const order = (number: number, amount = 60) => PayOrder({ order: `order-${number}`, amount })
const one = { ...both, given: [order(1)], finally: done('order-1') }
const two = { ...both, given: [order(1), order(2, 100)], finally: done('order-1', 'order-2') }
const some = { boundedSteps: 1500, searchSteps: 0, samples: 20 }
const few = { maxCost: 0, checks: 5 }

test('an order is paid once, and told', () => explore({ ...one, effort: few }))

test('what was paid is not paid again, though a copy of each request comes later', () =>
  explore({
    ...one,
    faults: { copiedRequests: 2 },
    effort: { boundedSteps: 3000, searchSteps: 0, samples: 30 },
    finally: (end) => allAnswered(end, ['order-1']),
  }))

test('nothing is left of a payment, whoever crashes', () =>
  explore({ ...one, faults: { crashes: 1 }, effort: few }))

test('whatever the network loses, an order is paid once, and nothing is left', () =>
  explore({ ...one, faults: { lostRequests: 1, lostResponses: 1 }, effort: few }))

test('a request that is late has no effect', () =>
  explore({ ...one, faults: { delayedRequests: 1 }, effort: few }))

test('a copy of any request has no effect, whenever it comes', () =>
  explore({ ...one, faults: { copiedRequests: 1 }, effort: few }))

test('two orders are two payments, of which the second is declined, though a process dies', () =>
  explore({ ...two, faults: { crashes: 1 }, effort: some }))

test('two copies of a message that meet are one, though a process dies', () =>
  explore({
    ...one,
    instances: { orders: 2, bank: 1 },
    faults: { duplicates: 1, crashes: 1 },
    effort: some,
  }))

test('three copies of a message are one, though a process dies twice', () =>
  explore({
    ...one,
    faults: { duplicates: 1, lateCopies: 1, crashes: 2 },
    effort: some,
  }))

test('two orders are two, though each comes twice and all of them meet', () =>
  explore({
    ...two,
    instances: 2,
    faults: { duplicates: 2 },
    effort: some,
    finally: (end) => allAnswered(end, ['order-1', 'order-2']),
  }))

const payment = { order: 'order-1', amount: 60, reference: 'r-1' }

test('an id that was given up is never used, though what was sent is still on its way', () =>
  explore({
    servers: { bank },
    clients: {
      ann: async ({ http }) => {
        const id = await newId(http).catch(() => undefined)
        if (id === undefined) return
        await seal(http, id, payment).catch(() => undefined)
        await shred(http, id).catch(() => undefined)
      },
    },
    faults: { delayedRequests: 1 },
    finally: (end) => [bothEmpty(end)],
  }))
