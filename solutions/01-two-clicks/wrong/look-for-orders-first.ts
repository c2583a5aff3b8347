// Believed: "The database knows whether there is an order: I ask it before I create one." Fails with: DUPLICATE_EFFECT
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  const orders = await store.list(`${customer}/orders/`, { limit: 1 })
  if (orders.length > 0) return
  const order = { items: cart.value.items }
  await store.save(`${customer}/orders/${ids.next()}`, order, absent)
})
