// Believed: "A second click is a mistake, and she ought to be told so." Fails with: STUCK
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) throw new Error('you have ordered this already')
  const orderId = ids.next()
  const order = { items: cart.value.items }
  await store.saveAll([
    { key: `${customer}/orders/${orderId}`, value: order, expected: absent },
    { key: `${customer}/cart`, value: { ...cart.value, orderId }, expected: cart.version },
  ])
})
