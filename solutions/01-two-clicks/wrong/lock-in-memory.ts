// Believed: "JavaScript is single-threaded: one lock, and a second click has to wait." Fails with: HIDDEN_STATE
import { handler } from '@workshop/shared/pipeline'
import { CheckOut, emptyCart } from '@workshop/shared/shop'
import { absent, type Store } from '@workshop/shared/store'

let lock = Promise.resolve()

async function order(customer: string, store: Store, orderId: string): Promise<void> {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) return
  await store.save(`${customer}/orders/${orderId}`, { items: cart.value.items }, absent)
  await store.save(`${customer}/cart`, { ...cart.value, orderId }, cart.version)
}

export const checkOut = handler(CheckOut, ({ body }, { store, ids }) => {
  const turn = lock.catch(() => undefined).then(() => order(body.customer, store, ids.next()))
  lock = turn
  return turn
})
