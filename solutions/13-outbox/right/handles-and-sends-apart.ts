// Two functions that know nothing of each other but the outbox: one fills it, the other empties it.
import type { Message, MessageId, Outgoing } from '@workshop/shared/message'
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

type Events = readonly Outgoing<'event'>[]
type Command = Message<'AddItem', { readonly orderId: string; readonly item: string }>
type WithOutbox = Order & { readonly outbox: Readonly<Record<string, Events | null>> }
const nothing: WithOutbox = { ...emptyOrder, outbox: {} }

const put = (order: WithOutbox, id: MessageId, entry: Events | null): WithOutbox => ({
  ...order,
  outbox: { ...order.outbox, [id]: entry },
})

function decide({ id, body }: Command, before: WithOutbox): WithOutbox {
  const after = withItem(before, body.item)
  const total = after.items.length
  const added = ItemAdded({ ...body, total }, { id: outgoingId(id, 'orders', 'added') })
  const first = FirstItemAdded(body, { id: outgoingId(id, 'orders', 'first') })
  return put(after, id, total === 1 ? [first, added] : [added])
}

export const addItem = handler(AddItem, async (message, { store, publish }) => {
  const { id, body } = message
  const { value, version } = await store.load(body.orderId, nothing)
  const isNew = value.outbox[id] === undefined
  const order = isNew ? decide(message, value) : value
  const saved = isNew ? await store.save(body.orderId, order, version) : version
  const waiting = order.outbox[id] ?? null
  if (waiting === null) return
  for (const event of waiting) await publish(event)
  await store.save(body.orderId, put(order, id, null), saved)
})
