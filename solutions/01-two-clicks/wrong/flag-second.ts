// Believed: "Once I look for the flag before I create the order, the second click finds it." Fails with: DUPLICATE_EFFECT
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) return
  const orderId = ids.next()
  await store.save(`${customer}/orders/${orderId}`, { items: cart.value.items }, absent)
  await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
})
