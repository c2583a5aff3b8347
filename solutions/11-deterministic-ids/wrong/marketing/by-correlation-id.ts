// Believed: "The correlation id is the same at each attempt: I derive mine from it." Fails with: LOST_MESSAGE
import { messageId } from '@workshop/shared/message'
import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon, OrderPlaced } from '@workshop/shared/shop'
import { outgoingId } from './outgoing-id.ts'

const notYet = { isThanked: false }

/** Gives two coupons for an order: one as thanks, which it notes, and one for Christmas. */
export const rewardOrder = handler(OrderPlaced, async ({ id, body, headers }, { store, send }) => {
  const { orderId, customer } = body
  const cause = messageId(headers.correlationId ?? id)
  const note = await store.load(`${orderId}/marketing`, notYet)
  if (!note.value.isThanked) {
    const thanks = outgoingId(cause, 'marketing', 'thanks')
    await send(GrantCoupon({ customer, reason: 'thanks' }, { id: thanks }))
    await store.save(`${orderId}/marketing`, { isThanked: true }, note.version)
  }
  const christmas = outgoingId(cause, 'marketing', 'christmas')
  await send(GrantCoupon({ customer, reason: 'christmas' }, { id: christmas }))
})
