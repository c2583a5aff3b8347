import { published } from '@workshop/shared/check'
import { explore, type Specification } from '@workshop/shared/explore'
import { handler } from '@workshop/shared/pipeline'
import { CouponGranted, OrderPlaced } from '@workshop/shared/shop'
import { test } from 'vitest'
import { aDayLater } from './a-day-later.ts'
import { outbox } from './outbox.ts'
import { pack, unpacked } from './packing.ts'
import { noGhost, packedFor } from './promises.ts'

const placed = OrderPlaced({ orderId: 'order-1', customer: 'ann' })
const warehouse = { handlers: [pack], behaviours: () => [aDayLater(), outbox('orderId')] }

type Given = { readonly gifts: number; readonly times?: number; readonly maxWrites: number }

/** When an entry expires, its value says itself. */
const lifetimeMs = (_key: string, value: unknown) => (value as { ttlMs?: number } | null)?.ttlMs

/** An order of that many gifts, placed so many times, and a store that takes so much at once. */
function ordered({ gifts, times = 1, maxWrites }: Given, more: Partial<Specification>) {
  const items = Array.from({ length: gifts }, (_, n) => `gift-${n + 1}`)
  return {
    endpoints: { warehouse },
    given: Array.from({ length: times }, () => placed),
    stored: { 'order-1': { ...unpacked, items } },
    always: (now) => [noGhost(now)],
    effort: { boundedSteps: 5000, searchSteps: 20_000, samples: 100, checks: 20 },
    finally: (end) => packedFor(end, { items, messages: times }),
    ...more,
    store: {
      expiry: { mode: 'vanishes', lifetimeMs },
      ...more.store,
      limits: { maxWrites, maxTotalBytes: 8192 },
    },
  } satisfies Specification
}

test('batches: all carriers hear of an order, or none, where one batch is not enough', () =>
  explore(ordered({ gifts: 2, maxWrites: 3 }, { instances: 1, faults: { crashes: 1 } })))

test('batches: thirty gifts are no other, at ten writes or 8 KB to a batch', () =>
  explore(ordered({ gifts: 30, maxWrites: 10 }, { instances: 1, faults: { crashes: 1 } })))

test('batches: two copies at once pack an order once', () =>
  explore(ordered({ gifts: 1, maxWrites: 2 }, { faults: { duplicates: 1 } })))

test('batches: an order that is placed twice at the same moment is packed twice', () =>
  explore(ordered({ gifts: 1, times: 2, maxWrites: 2 }, {})))

test('batches: who shares the order with the warehouse hears of it as well', () => {
  const coupon = { customer: 'ann', reason: 'order-1' }
  const grant = handler(OrderPlaced, async (_message, { publish }) => {
    await publish(CouponGranted(coupon))
  })
  const marketing = { ...warehouse, handlers: [grant] }
  const alone = ordered({ gifts: 1, maxWrites: 3 }, { instances: 1 })
  return explore({
    ...alone,
    endpoints: { warehouse, marketing },
    finally: (end) => [...alone.finally(end), published(end, CouponGranted, coupon)],
  })
})

for (const mode of ['lingers', 'vanishes'] as const) {
  const store = { expiry: { mode, lifetimeMs } }

  test(`expiry: the broker is out for two days, and what has expired ${mode}`, () =>
    explore(ordered({ gifts: 2, maxWrites: 10 }, { instances: 1, faults: { refused: 2 }, store })))

  test(`expiry: whatever fails, nothing stays for ever, where what has expired ${mode}`, () => {
    const faults = { crashes: 1, unknown: 1 }
    return explore(ordered({ gifts: 2, maxWrites: 2 }, { instances: 1, faults, store }))
  })
}
