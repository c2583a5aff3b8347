// Believed: "I store the messages for a copy to see that they were sent; what I send, I have at hand." Fails with: CONTENT_DIFFERS
import type { Outgoing } from '@workshop/shared/message'
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

type Outbox = Readonly<Record<string, readonly Outgoing<'event'>[] | null>>
type WithOutbox = Order & { readonly outbox: Outbox }
const nothing: WithOutbox = { ...emptyOrder, outbox: {} }

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  let { value: order, version } = await store.load(body.orderId, nothing)
  const isNew = order.outbox[id] === undefined
  const next = isNew ? withItem(order, body.item) : order
  const total = next.items.length
  const added = ItemAdded({ ...body, total }, { id: outgoingId(id, 'orders', 'added') })
  const first = FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') })
  const events: Outgoing<'event'>[] = next.items[0] === body.item ? [added, first] : [added]
  if (isNew) {
    order = { ...next, outbox: { ...order.outbox, [id]: events } }
    version = await store.save(body.orderId, order, version)
  }
  if (order.outbox[id] === null) return
  for (const event of events) await publish(event)
  await store.save(body.orderId, { ...order, outbox: { ...order.outbox, [id]: null } }, version)
})
