// Believed: "A conflict at the cart means that it has been ordered, so I am done." Fails with: DUPLICATE_EFFECT
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent, Conflict } from '@workshop/shared/store'

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) return
  const orderId = ids.next()
  await store.save(`${customer}/orders/${orderId}`, { items: cart.value.items }, absent)
  try {
    await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
  }
})
