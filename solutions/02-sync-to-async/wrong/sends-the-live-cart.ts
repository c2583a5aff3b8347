// Believed: "With the id in the cart I can send again at every click: orders takes it once." Fails with: CONTENT_DIFFERS
import { handler } from '@workshop/shared/pipeline'
import { AddToCart, CheckOut, emptyCart, SubmitOrder, withItem } from '@workshop/shared/shop'

export const addToCart = handler(AddToCart, async ({ body: { customer, item } }, { store }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  await store.save(`${customer}/cart`, withItem(cart.value, item), cart.version)
})

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, send, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  const { items, orderId = ids.next() } = cart.value
  if (cart.value.orderId === undefined) {
    await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
  }
  await send(SubmitOrder({ orderId, items }))
})
