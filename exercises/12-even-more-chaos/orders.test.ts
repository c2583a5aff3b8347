import {
  effectOnce,
  effectTimes,
  published,
  sameContent,
  type Verdict,
  type View,
  Violation,
} from '@workshop/shared/check'
import { explore, follow, provokes } from '@workshop/shared/explore'
import type { Handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, FirstItemAdded, ItemAdded } from '@workshop/shared/shop'
import { test } from 'vitest'
import { addItem as naive } from './naive.ts'
import { addItem } from './orders.ts'
import { schedule } from './schedule.ts'

const orderId = 'order-1'
const itemsOf = (end: View) => end.entity(orderId, emptyOrder).items

/** The item that stands first in the order is announced as the first, and no other is. */
function oneFirst(end: View): Verdict {
  const [first = 'nothing'] = itemsOf(end)
  const told = [...new Set(end.published(FirstItemAdded).map(({ item }) => item))]
  if (told.length < 2) return published(end, FirstItemAdded, { orderId, item: first })
  const sentence = `expected one item to be the first of ${orderId}, got ${told.join(' and ')}`
  return new Violation('ALTERNATIVE_WORLDS', sentence, { about: told })
}

/** The types of the events that somebody hears who remembers ids, and hears each id once. */
const heardIn = (end: View) => {
  const byId = new Map<string, string>()
  for (const event of end.history) {
    if (event.kind === 'published') byId.set(event.message.id, event.message.type)
  }
  return [...byId.values()]
}

const twoGifts = (handler: Handler) => ({
  endpoints: { orders: [handler] },
  given: ['porsche', 'sledge'].map((item) => AddItem({ orderId, item }, { id: item })),
  finally: (end: View) => [
    oneFirst(end),
    effectOnce(heardIn(end), FirstItemAdded.type),
    sameContent(end),
  ],
})

test('your schedule: nobody hears which item was the first of the order', () =>
  provokes('LOST_MESSAGE', follow({ ...twoGifts(naive), faults: { crashes: 1 } }, schedule)))

test('your schedule does no harm to the cured handler', async () => {
  await follow({ ...twoGifts(addItem), faults: { crashes: 1 } }, schedule)
})

test('the first item is announced as the first, although a process crashes', () =>
  explore({ ...twoGifts(addItem), faults: { crashes: 1 } }))

test('the first item is announced as the first, although nobody knows what was published', () =>
  explore({ ...twoGifts(addItem), faults: { unknown: 1 } }))

test('the first item is announced as the first, although a lease expires', () =>
  explore({ ...twoGifts(addItem), faults: { expiredLeases: 1 } }))

test('of two candles one is the first, although a copy of one arrives late', () =>
  explore({
    endpoints: { orders: [addItem] },
    given: ['click-1', 'click-2'].map((id) => AddItem({ orderId, item: 'candle' }, { id })),
    faults: { lateCopies: 1 },
    finally: (end) => [
      oneFirst(end),
      effectOnce(heardIn(end), FirstItemAdded.type),
      effectTimes(itemsOf(end), 'candle', 2),
    ],
  }))

test('each item is in the order once and is announced, after a crash and a late copy', () =>
  explore({
    ...twoGifts(addItem),
    instances: 1,
    faults: { crashes: 1, lateCopies: 1 },
    finally: (end) =>
      ['porsche', 'sledge'].flatMap((item) => [
        effectOnce(itemsOf(end), item),
        published(end, ItemAdded, { orderId, item }),
      ]),
  }))
