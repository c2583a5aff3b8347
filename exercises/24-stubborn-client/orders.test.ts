import { published } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { test } from 'vitest'
import { lookUp } from './gate.ts'
import { OrderDeclined, PayOrder } from './letters.ts'
import { payOrder } from './orders.ts'
import { pay } from './payments.ts'
import { always, paid } from './promises.ts'

const shop = { endpoints: { orders: [payOrder] }, instances: 1, always }
const asked = (number: number, amount = 20) => PayOrder({ order: `order-${number}`, amount })
const one = {
  ...shop,
  servers: { payments: [pay, lookUp] },
  given: [asked(1)],
  finally: paid('order-1'),
}
const effort = { maxCost: 1, checks: 20 }

test('an order is paid once, though power and answers are lost', () =>
  explore({ ...one, faults: { crashes: 1, lostResponses: 1 }, effort }))

test('an order is paid once, whatever else the network does', () =>
  explore({
    ...one,
    faults: { refusedRequests: 1, lostRequests: 1, delayedRequests: 1, copiedRequests: 1 },
    effort: { boundedSteps: 3000, searchSteps: 0, samples: 40 },
  }))

test('two clicks are one payment', () =>
  explore({
    ...one,
    instances: 2,
    given: [asked(1), asked(1)],
    effort: { boundedSteps: 1500, searchSteps: 0, samples: 30 },
  }))

test('two orders are two payments, though a process dies', () =>
  explore({
    ...one,
    given: [asked(1), asked(2)],
    faults: { crashes: 1 },
    effort,
    finally: paid('order-1', 'order-2'),
  }))

test('three copies of a message are one, though a process dies twice', () =>
  explore({
    ...one,
    faults: { duplicates: 1, lateCopies: 1, crashes: 2 },
    effort: { boundedSteps: 2000, searchSteps: 0, samples: 40 },
  }))

test('what is declined stays declined, though a process dies', () =>
  explore({
    ...one,
    given: [asked(1, 200)],
    faults: { crashes: 1, lostResponses: 1 },
    effort,
    finally: (end) => [published(end, OrderDeclined, { order: 'order-1' })],
  }))
