// Believed: "A Set of those whose click is being served keeps the second click out." Fails with: HIDDEN_STATE
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

const served = new Set<string>()

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  if (served.has(customer)) return
  served.add(customer)
  try {
    const cart = await store.load(`${customer}/cart`, emptyCart)
    if (cart.value.orderId !== undefined) return
    const orderId = ids.next()
    await store.save(`${customer}/orders/${orderId}`, { items: cart.value.items }, absent)
    await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
  } finally {
    served.delete(customer)
  }
})
