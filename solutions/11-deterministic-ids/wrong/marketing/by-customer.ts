// Believed: "She gets one of each coupon, so her name and its reason make its id." Fails with: LOST_MESSAGE
import { messageId } from '@workshop/shared/message'
import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon, OrderPlaced } from '@workshop/shared/shop'
import { outgoingId } from './outgoing-id.ts'

const notYet = { isThanked: false }

/** Gives two coupons for an order: one as thanks, which it notes, and one for Christmas. */
export const rewardOrder = handler(OrderPlaced, async ({ body }, { store, send }) => {
  const { orderId, customer } = body
  const note = await store.load(`${orderId}/marketing`, notYet)
  if (!note.value.isThanked) {
    const thanks = outgoingId(messageId(customer), 'marketing', 'thanks')
    await send(GrantCoupon({ customer, reason: 'thanks' }, { id: thanks }))
    await store.save(`${orderId}/marketing`, { isThanked: true }, note.version)
  }
  const christmas = outgoingId(messageId(customer), 'marketing', 'christmas')
  await send(GrantCoupon({ customer, reason: 'christmas' }, { id: christmas }))
})
