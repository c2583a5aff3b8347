// Believed: "It is in the order when it was added more often than removed." Fails with: STALE_WRITE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, ItemAdded, ItemRemoved, RemoveItem } from '@workshop/shared/shop'

/** How often each item was added, less how often it was removed. */
type Counts = Readonly<Record<string, number>>

export const nothing: Counts = {}

export const itemsIn = (counts: Counts): readonly string[] =>
  Object.keys(counts).filter((item) => (counts[item] ?? 0) > 0)

export const addItem = handler(AddItem, async ({ body: { orderId, item } }, { store, publish }) => {
  const { value, version } = await store.load(orderId, nothing)
  await store.save(orderId, { ...value, [item]: (value[item] ?? 0) + 1 }, version)
  await publish(ItemAdded({ orderId, item }))
})

export const removeItem = handler(
  RemoveItem,
  async ({ body: { orderId, item } }, { store, publish }) => {
    const { value, version } = await store.load(orderId, nothing)
    await store.save(orderId, { ...value, [item]: (value[item] ?? 0) - 1 }, version)
    await publish(ItemRemoved({ orderId, item }))
  },
)
