// The decision has a key of its own, and is written with the order: one `saveAll`, all or nothing.
import { absent } from '@workshop/shared/store'
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

const undecided: { readonly isFirst: boolean } = { isFirst: false }

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const key = body.orderId
  const decided = await store.load(`${body.orderId}/decisions/${id}`, undecided)
  const { value: order, version } = await store.load<Order>(key, emptyOrder)
  const isNew = decided.version === absent
  const decision = isNew ? { isFirst: order.items.length === 0 } : decided.value
  if (isNew) {
    await store.saveAll([
      { key, value: withItem(order, body.item), expected: version },
      { key: `${body.orderId}/decisions/${id}`, value: decision, expected: absent },
    ])
  }
  await publish(ItemAdded(body, { id: outgoingId(id, 'orders', 'added') }))
  if (decision.isFirst) {
    await publish(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
  }
})
