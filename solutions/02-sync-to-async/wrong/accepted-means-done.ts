// Believed: "Accepted, sent, submitted: with three states, a second click finds that it was handled." Fails with: LOST_MESSAGE
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
  const accepted = { ...cart.value, orderId, isSubmitted: false }
  const version = await store.save(`${customer}/cart`, accepted, cart.version)
  await send(SubmitOrder({ orderId, items: accepted.items }))
  await store.save(`${customer}/cart`, { ...accepted, isSubmitted: true }, version)
})
