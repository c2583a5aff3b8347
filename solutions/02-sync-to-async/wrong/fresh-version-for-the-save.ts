// Believed: "A conflict goes away if I load the version right before I save." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddToCart, CheckOut, emptyCart, SubmitOrder, withItem } from '@workshop/shared/shop'

export const addToCart = handler(AddToCart, async ({ body: { customer, item } }, { store }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) throw new Error('this cart has been ordered already')
  await store.save(`${customer}/cart`, withItem(cart.value, item), cart.version)
})

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, send, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  const { items, orderId = ids.next() } = cart.value
  if (cart.value.orderId === undefined) {
    const { version } = await store.load(`${customer}/cart`, emptyCart)
    await store.save(`${customer}/cart`, { ...cart.value, orderId }, version)
  }
  await send(SubmitOrder({ orderId, items }))
})
