import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon, OrderPlaced } from '@workshop/shared/shop'

/** Gives a coupon for an order as thanks for her patience: it is late, as all are this week. */
export const thankForPatience = handler(OrderPlaced, async ({ body }, { send }) => {
  // TODO The same here.
  await send(GrantCoupon({ customer: body.customer, reason: 'thanks' }))
})
