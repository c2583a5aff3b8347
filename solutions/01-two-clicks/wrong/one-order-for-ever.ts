// Believed: "One fixed key, made only where it is absent: so there can never be two." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  try {
    await store.save(`${customer}/orders/first`, { items: cart.value.items }, absent)
  } catch {
    // It is there already: she has clicked before.
  }
})
