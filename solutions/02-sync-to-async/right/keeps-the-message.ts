// Accepts by storing the message itself beside the cart, in one `saveAll`, until it has been sent.
import { handler } from '@workshop/shared/pipeline'
import { AddToCart, CheckOut, emptyCart, SubmitOrder, withItem } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export const addToCart = handler(AddToCart, async ({ body: { customer, item } }, { store }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  if (cart.value.orderId !== undefined) throw new Error('this cart has been ordered already')
  await store.save(`${customer}/cart`, withItem(cart.value, item), cart.version)
})

export const checkOut = handler(CheckOut, async ({ body: { customer } }, { store, send, ids }) => {
  const cart = await store.load(`${customer}/cart`, emptyCart)
  const { items, orderId = ids.next() } = cart.value
  if (cart.value.orderId === undefined) {
    await store.saveAll([
      { key: `${customer}/cart`, value: { ...cart.value, orderId }, expected: cart.version },
      { key: `${customer}/to-send`, value: { orderId, items }, expected: absent },
    ])
  }
  const toSend = await store.load(`${customer}/to-send`, { orderId, items })
  if (toSend.version === absent) return
  await send(SubmitOrder({ orderId: toSend.value.orderId, items: [...toSend.value.items] }))
  await store.remove(`${customer}/to-send`, toSend.version)
})
