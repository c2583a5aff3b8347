// Believed: "Once the cart is marked as ordered, nobody can order it twice." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) return
  const orderId = ids.next()
  await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
  await store.save(`${customer}/orders/${orderId}`, { items: cart.value.items }, absent)
})
