import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

/** Makes an order of what is in a customer's cart, unless it has been made already. */
export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) return
  const orderId = ids.next()
  const order = { items: cart.value.items }
  await store.saveAll([
    { key: `${customer}/orders/${orderId}`, value: order, expected: absent },
    { key: `${customer}/cart`, value: { ...cart.value, orderId }, expected: cart.version },
  ])
})
