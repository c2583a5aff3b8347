// Believed: "A note for each coupon, and no coupon is sent twice: ids can stay as they are." Fails with: DUPLICATE_EFFECT
import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon, OrderPlaced } from '@workshop/shared/shop'

const nothingYet = { isThanked: false, isChristmas: false }

export const rewardOrder = handler(OrderPlaced, async ({ body }, { store, send }) => {
  const { orderId, customer } = body
  const { value: note, version } = await store.load(`${orderId}/marketing`, nothingYet)
  let latest = version
  if (!note.isThanked) {
    await send(GrantCoupon({ customer, reason: 'thanks' }))
    latest = await store.save(`${orderId}/marketing`, { ...note, isThanked: true }, latest)
  }
  if (!note.isChristmas) {
    await send(GrantCoupon({ customer, reason: 'christmas' }))
    await store.save(`${orderId}/marketing`, { isThanked: true, isChristmas: true }, latest)
  }
})
