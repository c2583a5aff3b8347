// Believed: "Without any gifts from elsewhere, nothing can differ: I refuse them all." Fails with: NOTHING_HAPPENED
import { handler } from '@workshop/shared/pipeline'
import { AddToCart, CheckOut, emptyCart, SubmitOrder } from '@workshop/shared/shop'

export const addToCart = handler(AddToCart, () =>
  Promise.reject(new Error('sorry, we are about to close')),
)

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, send, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  const { items, orderId = ids.next() } = cart.value
  if (cart.value.orderId === undefined) {
    await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
  }
  await send(SubmitOrder({ orderId, items }))
})
