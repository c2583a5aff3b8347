// What this exercise promises about an order, and the order itself, for both of its tests.

import {
  effectTimes,
  nothingLeftIn,
  publishedFor,
  sameContent,
  type Verdict,
  type View,
  Violation,
} from '@workshop/shared/check'
import type { Specification, StoreTraits } from '@workshop/shared/explore'
import { AddItem, ItemAdded } from '@workshop/shared/shop'
import { addItem, noGifts } from './orders.ts'
import { outbox } from './outbox.ts'

export const dayMs = 24 * 60 * 60 * 1000

export const orders = { handlers: [addItem], behaviours: () => [outbox('orderId')] }

/** A candle, by a message that says when it was sent. */
export const candleSentAt = (sentAtMs: number | string, id?: string) =>
  AddItem(
    { orderId: 'order-1', item: 'candle' },
    { headers: { sentAtMs: String(sentAtMs) }, ...(id === undefined ? {} : { id }) },
  )

export type Mode = 'vanishes' | 'lingers'

/** What is saved with `keepForMs` expires after that time. Writes are of one entry. */
export const expiring = (mode: Mode): StoreTraits => ({
  limits: { maxWrites: 1, maxValueBytes: 4096 },
  expiry: {
    mode,
    lifetimeMs: (_key, value) => (value as { readonly keepForMs?: number } | null)?.keepForMs,
  },
})

/** One text for each gift that is counted. */
export const counted = (now: View): readonly string[] =>
  Array.from({ length: now.entity('order-1', noGifts).count }, () => 'candle')

/** At no moment are there more gifts than were ordered. */
const safe = (now: View, gifts: number): Verdict =>
  counted(now).length > gifts ? effectTimes(counted(now), 'candle', gifts) : undefined

/** Whatever is stored, and however: no message waits in it any more. */
export const nothingWaits = (end: View): Verdict =>
  nothingLeftIn(end, 'order-', (order) =>
    JSON.stringify(order).includes(`"${ItemAdded.type}"`) ? [ItemAdded.type] : [],
  )

/** Each message was announced, or is refused: then it is in the dead letters. */
function announcedOrRefused(end: View, ids: readonly string[]): readonly Verdict[] {
  const refused = new Set<string>(end.deadLetters.map(({ id }) => id))
  const announced = ids.filter((id) => publishedFor(end, ItemAdded, id) === undefined)
  const lost = ids.find((id) => !announced.includes(id) && !refused.has(id))
  const sentence = `expected ${lost} to be announced, or to be a dead letter, got neither`
  return [
    lost === undefined ? undefined : new Violation('LOST_MESSAGE', sentence, { about: [lost] }),
    effectTimes(counted(end), 'candle', announced.length),
  ]
}

/** These messages, in a store where marks expire. */
export function ordered(sentAtMs: readonly (number | string)[], mode: Mode): Specification {
  const given = sentAtMs.map((atMs, index) => candleSentAt(atMs, `gift-${index + 1}`))
  return {
    endpoints: { orders },
    given,
    instances: 1,
    deadLetters: true,
    store: expiring(mode),
    always: (now) => [safe(now, given.length)],
    finally: (end) => [
      nothingWaits(end),
      ...announcedOrRefused(
        end,
        given.map(({ id = '' }) => id),
      ),
      sameContent(end),
    ],
  }
}
