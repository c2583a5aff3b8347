// An outbox in one handler, right and with the mistakes that people make: what is to be announced
// is saved together with the order, announced, and marked as done.

import { effectOnce, published } from '../../check/index.ts'
import { type Handler, handler } from '../../pipeline/index.ts'
import { AddItem, ItemAdded } from '../../shop/index.ts'
import type { Specification } from '../specification.ts'

type Row = { readonly orderId: string; readonly item: string }

/** An order, and for each message what is still to be announced; null: it was. */
export type WithOutbox = {
  readonly items: readonly string[]
  readonly outbox: Readonly<Record<string, Row | null>>
}

export const empty: WithOutbox = { items: [], outbox: {} }

const gifts = [
  { orderId: 'order-1', item: 'porsche' },
  { orderId: 'order-2', item: 'sledge' },
  { orderId: 'order-3', item: 'bell' },
]

/** Three gifts for three orders, two consumers and one crash: each gift is in its order once, and
 *  announced. */
export const ordered = (addItem: Handler): Specification => ({
  endpoints: { orders: [addItem] },
  given: gifts.map((gift) => AddItem(gift)),
  faults: { crashes: 1 },
  finally: (end) =>
    gifts.flatMap((gift) => [
      effectOnce(end.entity(gift.orderId, empty).items, gift.item),
      published(end, ItemAdded, gift),
    ]),
})

export const withOutbox: Handler = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const key = body.orderId
  let { value: order, version } = await store.load(key, empty)
  if (order.outbox[id] === undefined) {
    const outbox = { ...order.outbox, [id]: { ...body } }
    order = { items: [...order.items, body.item], outbox }
    version = await store.save(key, order, version)
  }
  const row = order.outbox[id]
  if (row === null || row === undefined) return
  await publish(ItemAdded(row, { id: `${id}-added` }))
  await store.save(key, { ...order, outbox: { ...order.outbox, [id]: null } }, version)
})

/** Believes that whoever saves will also get to announce. */
export const marksFirst: Handler = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const { value, version } = await store.load(body.orderId, empty)
  if (value.outbox[id] !== undefined) return
  const outbox = { ...value.outbox, [id]: null }
  await store.save(body.orderId, { items: [...value.items, body.item], outbox }, version)
  await publish(ItemAdded(body, { id: `${id}-added` }))
})

/** Believes that a message comes once. */
export const remembersNothing: Handler = handler(AddItem, async ({ body }, { store, publish }) => {
  const { value, version } = await store.load(body.orderId, empty)
  await store.save(body.orderId, { ...value, items: [...value.items, body.item] }, version)
  await publish(ItemAdded(body))
})

/** Believes that what is announced can be forgotten. */
export const forgetsTooSoon: Handler = handler(
  AddItem,
  async ({ id, body }, { store, publish }) => {
    const key = body.orderId
    let { value: order, version } = await store.load(key, empty)
    if (order.outbox[id] === undefined) {
      const outbox = { ...order.outbox, [id]: { ...body } }
      order = { items: [...order.items, body.item], outbox }
      version = await store.save(key, order, version)
    }
    await publish(ItemAdded(body, { id: `${id}-added` }))
    const { [id]: _done, ...outbox } = order.outbox
    await store.save(key, { ...order, outbox }, version)
  },
)
