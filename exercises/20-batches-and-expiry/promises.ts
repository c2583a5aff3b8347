import {
  effectTimes,
  noGhosts,
  nothingLeftIn,
  published,
  sameContent,
  type Verdict,
  type View,
} from '@workshop/shared/check'
import { ParcelPacked, unpacked } from './packing.ts'

const slipsOf = (now: View) => now.entity('order-1', unpacked).slips

/** At any moment: whatever a carrier has heard of is from a packing that is stored. */
export const noGhost = (now: View): Verdict =>
  noGhosts(now, ParcelPacked, ({ slip }) => slipsOf(now).includes(slip))

export type Promised = { readonly items: readonly string[]; readonly messages: number }

/** In the end: `order-1` was packed once for each message, the carrier of each item has heard of
 *  it, and what is stored beside the order will expire. */
export const packedFor = (end: View, { items, messages }: Promised): readonly Verdict[] => [
  effectTimes(
    slipsOf(end).map(() => 'packing'),
    'packing',
    messages,
  ),
  ...slipsOf(end).flatMap((slip, index) =>
    items.map((item) => {
      const body = { orderId: 'order-1', item, packing: index + 1, slip }
      return published(end, ParcelPacked, body)
    }),
  ),
  sameContent(end),
  nothingLeftIn(end, 'order-1/', (value: { readonly ttlMs?: number }) =>
    value.ttlMs === undefined ? ['what never expires'] : [],
  ),
]
