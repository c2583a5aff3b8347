// The order's id is the version of the cart that it is made of, so that there can be only one.
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) return
  const orderId = `of-version-${cart.version}`
  const order = await store.load(`${customer}/orders/${orderId}`, { items: cart.value.items })
  if (order.version === absent) {
    await store.save(`${customer}/orders/${orderId}`, order.value, absent)
  }
  await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
})
