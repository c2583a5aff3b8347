// Believed: "With the time in it, an id is certain to be unique." Fails with: DUPLICATE_EFFECT
import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon, OrderPlaced } from '@workshop/shared/shop'
import { outgoingId } from './outgoing-id.ts'

const notYet = { isThanked: false }

/** Gives two coupons for an order: one as thanks, which it notes, and one for Christmas. */
export const rewardOrder = handler(OrderPlaced, async ({ id, body }, { store, send, clock }) => {
  const { orderId, customer } = body
  const note = await store.load(`${orderId}/marketing`, notYet)
  if (!note.value.isThanked) {
    const thanks = outgoingId(id, 'marketing', `thanks-${clock.nowMs()}`)
    await send(GrantCoupon({ customer, reason: 'thanks' }, { id: thanks }))
    await store.save(`${orderId}/marketing`, { isThanked: true }, note.version)
  }
  const christmas = outgoingId(id, 'marketing', `christmas-${clock.nowMs()}`)
  await send(GrantCoupon({ customer, reason: 'christmas' }, { id: christmas }))
})
