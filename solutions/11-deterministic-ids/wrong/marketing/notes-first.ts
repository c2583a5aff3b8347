// Believed: "A coupon that is noted before it is sent is never sent twice." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon, OrderPlaced } from '@workshop/shared/shop'
import { outgoingId } from './outgoing-id.ts'

const notYet = { isThanked: false }

/** Gives two coupons for an order: one as thanks, which it notes, and one for Christmas. */
export const rewardOrder = handler(OrderPlaced, async ({ id, body }, { store, send }) => {
  const { orderId, customer } = body
  const note = await store.load(`${orderId}/marketing`, notYet)
  if (!note.value.isThanked) {
    await store.save(`${orderId}/marketing`, { isThanked: true }, note.version)
    const thanks = outgoingId(id, 'marketing', 'thanks')
    await send(GrantCoupon({ customer, reason: 'thanks' }, { id: thanks }))
  }
  const christmas = outgoingId(id, 'marketing', 'christmas')
  await send(GrantCoupon({ customer, reason: 'christmas' }, { id: christmas }))
})
