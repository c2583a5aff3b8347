import { explore } from '@workshop/shared/explore'
import { test } from 'vitest'
import { toleranceMs, windowMs } from './booking.ts'
import { gate } from './gate.ts'
import { PayOrder } from './letters.ts'
import { payOrder } from './orders.ts'
import { always, paid } from './promises.ts'

const shop = { endpoints: { orders: [payOrder] }, instances: 1, always }
const asked = (number: number) => PayOrder({ order: `order-${number}`, amount: 20 })
const one = { ...shop, given: [asked(1)], finally: paid('order-1') }
const effort = { maxCost: 1, checks: 20 }

test('a server that is busy, or not well, is asked again', () =>
  explore({
    ...one,
    servers: { payments: gate({ refusals: [{ status: 503 }, { status: 409 }, { status: 429 }] }) },
    effort,
  }))

test('a server that wants to be left alone for a minute is left alone', () =>
  explore({
    ...one,
    servers: {
      payments: gate({ refusals: [{ status: 429, retryAfter: 60 }], patience: 2 }),
    },
    lastsMs: 60_000,
    effort,
  }))

test('six orders that come at the same moment do not come back at the same moment', () =>
  explore({
    ...shop,
    servers: { payments: gate({ everyMs: 5, patience: 12 }) },
    prefetch: 6,
    given: [1, 2, 3, 4, 5, 6].map((number) => asked(number)),
    effort: { maxCost: 0, boundedSteps: 3000, searchSteps: 0, samples: 5 },
    finally: paid('order-1', 'order-2', 'order-3', 'order-4', 'order-5', 'order-6'),
  }))

/** The server forgets a key once its window is over. */
const expiry = {
  mode: 'vanishes',
  lifetimeMs: (key: string) => (key.includes('/keys/') ? windowMs + toleranceMs : undefined),
} as const
const aDay = (windowMs + toleranceMs) / 1000

test.each([true, false])(
  'whoever hears nothing for a day looks first (paid: %s)',
  async (isPassedOn) => {
    await explore({
      ...one,
      servers: { payments: gate({ refusals: [{ status: 504, retryAfter: aDay, isPassedOn }] }) },
      store: { expiry },
      faults: { copiedRequests: 1 },
      lastsMs: aDay * 1000,
      effort,
    })
  },
)
