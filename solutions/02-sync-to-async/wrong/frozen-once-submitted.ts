// Believed: "She may add gifts until the order has left: that is when it is submitted." Fails with: CONTENT_DIFFERS
import { handler } from '@workshop/shared/pipeline'
import { AddToCart, CheckOut, emptyCart, SubmitOrder, withItem } from '@workshop/shared/shop'

const openCart = { ...emptyCart, isSubmitted: false }

export const addToCart = handler(AddToCart, async ({ body: { customer, item } }, { store }) => {
  const cart = await store.load(`${customer}/cart`, openCart)
  if (cart.value.isSubmitted) throw new Error('this cart has been ordered already')
  await store.save(`${customer}/cart`, withItem(cart.value, item), cart.version)
})

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, send, ids }) => {
  const cart = await store.load(`${customer}/cart`, openCart)
  if (cart.value.isSubmitted) return
  const { items, orderId = ids.next() } = cart.value
  const accepted = { ...cart.value, orderId }
  const version = await store.save(`${customer}/cart`, accepted, cart.version)
  await send(SubmitOrder({ orderId, items }))
  await store.save(`${customer}/cart`, { ...accepted, isSubmitted: true }, version)
})
