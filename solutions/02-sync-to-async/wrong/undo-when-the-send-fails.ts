// Believed: "When the send fails, I take the flag back, and she clicks again." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddToCart, CheckOut, emptyCart, SubmitOrder, withItem } from '@workshop/shared/shop'

export const addToCart = handler(AddToCart, async ({ body: { customer, item } }, { store }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) throw new Error('this cart has been ordered already')
  await store.save(`${customer}/cart`, withItem(cart.value, item), cart.version)
})

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, send, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) return
  const orderId = ids.next()
  const version = await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
  try {
    await send(SubmitOrder({ orderId, items: cart.value.items }))
  } catch (error) {
    await store.save(`${customer}/cart`, cart.value, version)
    throw error
  }
})
