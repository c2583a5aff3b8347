// Believed: "Her order is safe in the cart: no need to bother her with our queue." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddToCart, CheckOut, emptyCart, SubmitOrder, withItem } from '@workshop/shared/shop'

/** Open until it has an `orderId`: then it is accepted, and frozen. */
const openCart = { ...emptyCart, isSubmitted: false }

/** Puts an item into a customer's cart, as long as it is open. */
export const addToCart = handler(AddToCart, async ({ body: { customer, item } }, { store }) => {
  const cart = await store.load(`${customer}/cart`, openCart)
  if (cart.value.orderId !== undefined) throw new Error('this cart has been ordered already')
  await store.save(`${customer}/cart`, withItem(cart.value, item), cart.version)
})

/** Accepts a customer's cart, sends it to `orders`, and notes that it was sent. */
export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, send, ids }) => {
  const cart = await store.load(`${customer}/cart`, openCart)
  if (cart.value.isSubmitted) return
  const { items, orderId = ids.next() } = cart.value
  const isNew = cart.value.orderId === undefined
  const accepted = { ...cart.value, orderId }
  const version = isNew
    ? await store.save(`${customer}/cart`, accepted, cart.version)
    : cart.version
  try {
    await send(SubmitOrder({ orderId, items }))
  } catch {
    // The queue is busy. It will have it sooner or later.
  }
  await store.save(`${customer}/cart`, { ...accepted, isSubmitted: true }, version)
})
