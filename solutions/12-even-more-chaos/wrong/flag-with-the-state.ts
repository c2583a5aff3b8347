// Believed: "A flag that is saved with the item makes sure that the first is announced once." Fails with: LOST_MESSAGE
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
  const { value: order, version } = await store.load(body.orderId, nothing)
  if (!order.seen.includes(id)) {
    const next = { ...withItem(order, body.item), seen: [...order.seen, id], isFirstTold: true }
    await store.save(body.orderId, next, version)
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  if (!order.isFirstTold) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
})
