// Believed: "The cart knows that it is ordered: that is all there is to an order." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) return
  await store.save(`${customer}/cart`, { ...cart.value, orderId: ids.next() }, cart.version)
})
