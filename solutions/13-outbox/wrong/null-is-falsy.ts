// Believed: "No list in the outbox means that there is still everything to do." Fails with: CONTENT_DIFFERS
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
  if (!order.outbox[id]) {
    const next = withItem(order, body.item)
    const total = next.items.length
    const events: Outgoing<'event'>[] = [
      ItemAdded({ ...body, total }, { id: outgoingId(id, 'orders', 'added') }),
    ]
    if (total === 1) events.push(FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') }))
    order = { ...next, outbox: { ...order.outbox, [id]: events } }
    version = await store.save(body.orderId, order, version)
  }
  const events = order.outbox[id]
  if (!events) return
  for (const event of events) await publish(event)
  await store.save(body.orderId, { ...order, outbox: { ...order.outbox, [id]: null } }, version)
})
