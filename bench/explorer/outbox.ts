// Every schedule of an outbox: two consumers, three messages and one crash, with everything that a
// handler goes through between the broker and the store.

import { performance } from 'node:perf_hooks'
import { effectOnce, published } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { handler } from '@workshop/shared/pipeline'
import { AddItem, ItemAdded } from '@workshop/shared/shop'

type Row = { readonly orderId: string; readonly item: string }
type Order = {
  readonly items: readonly string[]
  readonly outbox: Readonly<Record<string, Row | null>>
}
const empty: Order = { items: [], outbox: {} }

const gifts = [
  { orderId: 'order-1', item: 'porsche' },
  { orderId: 'order-2', item: 'sledge' },
  { orderId: 'order-3', item: 'bell' },
]

const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  let { value: order, version } = await store.load(body.orderId, empty)
  if (order.outbox[id] === undefined) {
    order = { items: [...order.items, body.item], outbox: { ...order.outbox, [id]: { ...body } } }
    version = await store.save(body.orderId, order, version)
  }
  const row = order.outbox[id]
  if (row === null || row === undefined) return
  await publish(ItemAdded(row, { id: `${id}-added` }))
  await store.save(body.orderId, { ...order, outbox: { ...order.outbox, [id]: null } }, version)
})

/** Throws where the outbox does not hold, or where not everything was searched. */
export async function outboxSearch() {
  const startedMs = performance.now()
  const report = await explore({
    endpoints: { orders: [addItem] },
    given: gifts.map((gift) => AddItem(gift)),
    faults: { crashes: 1 },
    finally: (end) =>
      gifts.flatMap((gift) => [
        effectOnce(end.entity(gift.orderId, empty).items, gift.item),
        published(end, ItemAdded, gift),
      ]),
  })
  if (report?.coverage.kind !== 'all') throw new Error('expected all schedules, got samples')
  const { coverage, schedules } = report
  return { states: coverage.states, schedules, ms: performance.now() - startedMs }
}
