// Believed: "If two orders slip through, I delete the second one right away." Fails with: DUPLICATE_EFFECT
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) return
  const orderId = ids.next()
  await store.save(`${customer}/orders/${orderId}`, { items: cart.value.items }, absent)
  const [, ...extra] = await store.list(`${customer}/orders/`, { limit: 10 })
  for (const { key, version } of extra) await store.remove(key, version)
  const now = await store.load(`${customer}/cart`, emptyCart)
  if (now.value.orderId !== undefined) return
  await store.save(`${customer}/cart`, { ...now.value, orderId }, now.version)
})
