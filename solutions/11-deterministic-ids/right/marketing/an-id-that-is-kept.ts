// Derives nothing: the ids are fresh, and stored before they are used: a second attempt finds them.
// It costs a save before the first send; the other messages need no third part in their name.
import { messageId } from '@workshop/shared/message'
import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon, OrderPlaced } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export const rewardOrder = handler(OrderPlaced, async ({ body }, { store, send, ids }) => {
  const { orderId, customer } = body
  const fresh = { thanks: ids.next(), christmas: ids.next() }
  const kept = await store.load(`${orderId}/marketing`, fresh)
  if (kept.version === absent) await store.save(`${orderId}/marketing`, fresh, absent)
  const { thanks, christmas } = kept.value
  await send(GrantCoupon({ customer, reason: 'thanks' }, { id: messageId(thanks) }))
  await send(GrantCoupon({ customer, reason: 'christmas' }, { id: messageId(christmas) }))
})
