// What this exercise promises about an order, and the order itself, for both of its tests.

import {
  effectTimes,
  nothingLeftIn,
  published,
  publishedFor,
  sameContent,
  type Verdict,
  type View,
  Violation,
} from '@workshop/shared/check'
import type { Specification } from '@workshop/shared/explore'
import { AddItem, ItemAdded } from '@workshop/shared/shop'
import { addItem, type BigOrder, noGifts } from './orders.ts'
import { outbox } from './outbox.ts'

export const candle = { orderId: 'order-1', item: 'candle' }
export const orders = { handlers: [addItem], behaviours: () => [outbox('orderId')] }

/** Takes one key at a time, as stores do that have no end. */
const oneKeyAtATime = { maxWrites: 1 }

const idsOf = (gifts: number) => Array.from({ length: gifts }, (_, index) => `gift-${index + 1}`)

/** One text for each gift that is counted. */
export const counted = (now: View): readonly string[] =>
  Array.from({ length: now.entity('order-1', noGifts).count }, () => 'candle')

/** At any moment: no gift is counted twice, and no receipt is announced that is not saved. */
function safe(now: View, gifts: number): readonly Verdict[] {
  const saved = new Set<string>()
  let ghost: string | undefined
  for (const event of now.history) {
    if (event.kind === 'saved' && event.key === 'order-1') {
      saved.add((event.value as BigOrder).receipt)
    } else if (event.kind === 'published' && event.message.type === ItemAdded.type) {
      if (!saved.has(event.message.id)) ghost ??= event.message.id
    }
  }
  const sentence = `expected every receipt to be saved before it is announced, got ${ghost}`
  return [
    counted(now).length > gifts ? effectTimes(counted(now), 'candle', gifts) : undefined,
    ghost === undefined ? undefined : new Violation('GHOST_MESSAGE', sentence),
  ]
}

/** Whatever is stored, and however: no message waits in it any more. */
export const nothingWaits = (end: View): Verdict =>
  nothingLeftIn(end, 'order-', (order) =>
    JSON.stringify(order).includes(`"${ItemAdded.type}"`) ? [ItemAdded.type] : [],
  )

/** In the end: each gift is counted, and announced under the number that it has. */
const asPromised = (end: View, gifts: number): readonly Verdict[] => [
  effectTimes(counted(end), 'candle', gifts),
  sameContent(end),
  ...idsOf(gifts).map((id) => publishedFor(end, ItemAdded, id)),
  ...idsOf(gifts).map((_, index) => published(end, ItemAdded, { ...candle, total: index + 1 })),
  nothingWaits(end),
]

/** So many candles for one order, in a store that takes one key at a time. */
export const ordered = (gifts: number, maxValueBytes = 4096): Specification => ({
  endpoints: { orders },
  given: idsOf(gifts).map((id) => AddItem(candle, { id })),
  store: { limits: { ...oneKeyAtATime, maxValueBytes } },
  always: (now) => safe(now, gifts),
  finally: (end) => asPromised(end, gifts),
})
