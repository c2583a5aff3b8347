// Takes fresh ids instead of derived ones: they are stored with their messages, in the one save, so
// that whoever sends a list sends the same ids.
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

/** What is still to be sent for each message that was handled; null: all of it was. */
type Outbox = Readonly<Record<string, readonly Outgoing<'event'>[] | null>>
type WithOutbox = Order & { readonly outbox: Outbox }
const nothing: WithOutbox = { ...emptyOrder, outbox: {} }

/** Puts an item into an order, says so, and how many there are by then; of the first one it says
 *  that it is the first. */
export const addItem = handler(AddItem, async ({ id, body }, { store, publish, ids }) => {
  let { value: order, version } = await store.load(body.orderId, nothing)
  if (order.outbox[id] === undefined) {
    const next = withItem(order, body.item)
    const total = next.items.length
    const events: Outgoing<'event'>[] = [ItemAdded({ ...body, total }, { id: ids.next() })]
    if (total === 1) events.push(FirstItemAdded(body, { id: ids.next() }))
    order = { ...next, outbox: { ...order.outbox, [id]: events } }
    version = await store.save(body.orderId, order, version)
  }
  const events = order.outbox[id]
  if (!events) return
  for (const event of events) await publish(event)
  await store.save(body.orderId, { ...order, outbox: { ...order.outbox, [id]: null } }, version)
})
