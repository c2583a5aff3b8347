import { event } from '@workshop/shared/message'
import { handler } from '@workshop/shared/pipeline'
import { emptyOrder, type Order, OrderPlaced } from '@workshop/shared/shop'
import { z } from 'zod'

const text = z.string().min(1)

/** Tells a carrier that a parcel is ready. All parcels of one packing have one slip. */
export const ParcelPacked = event(
  'ParcelPacked',
  z.object({ orderId: text, item: text, packing: z.number().int(), slip: text }),
)

/** An order, and the slip of each time that it was packed. */
export type Packed = Order & { readonly slips: readonly string[] }

export const unpacked: Packed = { ...emptyOrder, slips: [] }

/** Packs every gift of an order into a parcel of its own, and tells the carrier of each. */
export const pack = handler(OrderPlaced, async ({ body }, { store, publish, ids }) => {
  const { value: order, version } = await store.load(body.orderId, unpacked)
  const slip = ids.next()
  const slips = [...order.slips, slip]
  await store.save(body.orderId, { ...order, slips }, version)
  for (const item of order.items) {
    await publish(ParcelPacked({ orderId: body.orderId, item, packing: slips.length, slip }))
  }
})
