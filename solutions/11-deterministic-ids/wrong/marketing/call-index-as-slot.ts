// Believed: "The first message that I send is 0, the next one 1: that needs no names." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon, OrderPlaced } from '@workshop/shared/shop'
import { outgoingId } from './outgoing-id.ts'

const notYet = { isThanked: false }

/** Gives two coupons for an order: one as thanks, which it notes, and one for Christmas. */
export const rewardOrder = handler(OrderPlaced, async ({ id, body }, { store, send }) => {
  const { orderId, customer } = body
  let index = 0
  const nextId = () => outgoingId(id, 'marketing', String(index++))
  const note = await store.load(`${orderId}/marketing`, notYet)
  if (!note.value.isThanked) {
    const thanks = nextId()
    await send(GrantCoupon({ customer, reason: 'thanks' }, { id: thanks }))
    await store.save(`${orderId}/marketing`, { isThanked: true }, note.version)
  }
  const christmas = nextId()
  await send(GrantCoupon({ customer, reason: 'christmas' }, { id: christmas }))
})
