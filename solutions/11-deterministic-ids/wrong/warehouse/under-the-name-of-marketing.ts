// Believed: "It worked in marketing, so I copy the line." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon, OrderPlaced } from '@workshop/shared/shop'
import { outgoingId } from './outgoing-id.ts'

/** Gives a coupon for an order as thanks for her patience: it is late, as all are this week. */
export const thankForPatience = handler(OrderPlaced, async ({ id, body }, { send }) => {
  const thanks = outgoingId(id, 'marketing', 'thanks')
  await send(GrantCoupon({ customer: body.customer, reason: 'thanks' }, { id: thanks }))
})
