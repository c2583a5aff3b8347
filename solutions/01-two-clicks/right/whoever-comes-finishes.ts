// The cart names the order first. Whoever finds a cart that names one, and no such order, makes it.
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  const orderId = cart.value.orderId ?? ids.next()
  if (cart.value.orderId === undefined) {
    await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
  }
  const order = await store.load(`${customer}/orders/${orderId}`, { items: cart.value.items })
  if (order.version !== absent) return
  await store.save(`${customer}/orders/${orderId}`, order.value, absent)
})
