import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

/** Makes an order of what is in a customer's cart. */
export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  // TODO She may click twice, and the shop may crash between the two saves. She wants one order.
  const orderId = ids.next()
  await store.save(`${customer}/orders/${orderId}`, { items: cart.value.items }, absent)
  await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
})
