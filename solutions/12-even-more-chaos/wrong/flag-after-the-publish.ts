// Believed: "As long as the order does not say that the first was announced, I announce it." Fails with: ALTERNATIVE_WORLDS
import { handler } from '@workshop/shared/pipeline'
import {
  AddItem,
  emptyOrder,
  FirstItemAdded,
  ItemAdded,
  type Order,
  withItem,
} from '@workshop/shared/shop'
import { outgoingId } from './outgoing-id.ts'

type Remembering = Order & { readonly seen: readonly string[]; readonly isFirstTold: boolean }
const nothing: Remembering = { ...emptyOrder, seen: [], isFirstTold: false }

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  let { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    order = { ...withItem(order, body.item), seen: [...order.seen, id] }
    version = await store.save(body.orderId, order, version)
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  if (order.isFirstTold) return
  await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  await store.save(body.orderId, { ...order, isFirstTold: true }, version)
})
