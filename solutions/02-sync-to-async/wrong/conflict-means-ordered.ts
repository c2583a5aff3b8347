// Believed: "A conflict means that another click of hers was faster, so I am done." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddToCart, CheckOut, emptyCart, SubmitOrder, withItem } from '@workshop/shared/shop'
import { Conflict } from '@workshop/shared/store'

export const addToCart = handler(AddToCart, async ({ body: { customer, item } }, { store }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) throw new Error('this cart has been ordered already')
  await store.save(`${customer}/cart`, withItem(cart.value, item), cart.version)
})

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, send, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  const { items, orderId = ids.next() } = cart.value
  if (cart.value.orderId === undefined) {
    try {
      await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
    } catch (error) {
      if (error instanceof Conflict) return
      throw error
    }
  }
  await send(SubmitOrder({ orderId, items }))
})
