import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon, OrderPlaced } from '@workshop/shared/shop'

const notYet = { isThanked: false }

/** Gives two coupons for an order: one as thanks, which it notes, and one for Christmas. */
export const rewardOrder = handler(OrderPlaced, async ({ body }, { store, send }) => {
  const { orderId, customer } = body
  const note = await store.load(`${orderId}/marketing`, notYet)
  // TODO Which id has a coupon when it is sent again?
  if (!note.value.isThanked) {
    await send(GrantCoupon({ customer, reason: 'thanks' }))
    await store.save(`${orderId}/marketing`, { isThanked: true }, note.version)
  }
  await send(GrantCoupon({ customer, reason: 'christmas' }))
})
