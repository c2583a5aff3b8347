// Believed: "A conflict goes away if I load the version right before I save." Fails with: DUPLICATE_EFFECT
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) return
  const orderId = ids.next()
  const { version } = await store.load(`${customer}/cart`, emptyCart)
  await store.saveAll([
    { key: `${customer}/orders/${orderId}`, value: { items: cart.value.items }, expected: absent },
    { key: `${customer}/cart`, value: { ...cart.value, orderId }, expected: version },
  ])
})
