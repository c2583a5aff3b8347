// Believed: "I send one message, and note nothing: nothing here can be sent twice." Fails with: DUPLICATE_EFFECT
import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon, OrderPlaced } from '@workshop/shared/shop'

/** Gives a coupon for an order as thanks for her patience: it is late, as all are this week. */
export const thankForPatience = handler(OrderPlaced, async ({ body }, { send }) => {
  await send(GrantCoupon({ customer: body.customer, reason: 'thanks' }))
})
