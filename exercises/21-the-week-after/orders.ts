import { handler } from '@workshop/shared/pipeline'
import { AddItem, ItemAdded } from '@workshop/shared/shop'

/** How many gifts are in an order, and the receipt of the last one. */
export type BigOrder = { readonly count: number; readonly receipt: string }

export const noGifts: BigOrder = { count: 0, receipt: 'none' }

/** Puts a gift into an order, gives it a receipt, and announces both, with the time. */
export const addItem = handler(AddItem, async ({ body }, { store, publish, ids, clock }) => {
  const order = await store.load(body.orderId, noGifts)
  const count = order.value.count + 1
  const receipt = ids.next()
  await store.save(body.orderId, { ...order.value, count, receipt }, order.version)
  const headers = { sentAtMs: String(clock.nowMs()) }
  await publish(ItemAdded({ ...body, total: count }, { id: receipt, headers }))
})
