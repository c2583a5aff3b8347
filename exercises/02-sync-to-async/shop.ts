import { handler } from '@workshop/shared/pipeline'
import { AddToCart, CheckOut, emptyCart, SubmitOrder, withItem } from '@workshop/shared/shop'

/** Puts an item into a customer's cart. */
export const addToCart = handler(AddToCart, async ({ body: { customer, item } }, { store }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  await store.save(`${customer}/cart`, withItem(cart.value, item), cart.version)
})

/** Asks `orders` to take an order of what is in a customer's cart, unless it was asked already. */
export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, send, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) return
  const orderId = ids.next()
  // TODO A save and a send are no transaction: the shop may crash between the two.
  await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
  await send(SubmitOrder({ orderId, items: cart.value.items }))
})
