// Believed: "Facts are only added, so two of them cannot be in conflict: any version will do." Fails with: LOST_UPDATE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, ItemAdded, ItemRemoved, RemoveItem } from '@workshop/shared/shop'

/** What has happened to an order. A fact stands once, and is never changed or taken away. */
type Facts = { readonly added: readonly string[]; readonly removed: readonly string[] }

/** What is stored of an order before anything is. */
export const nothing: Facts = { added: [], removed: [] }

/** The items that are in an order, by what is stored of it. */
export const itemsIn = ({ added, removed }: Facts): readonly string[] =>
  added.filter((item) => !removed.includes(item))

/** Puts an item into an order, and says so. */
export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const { value: facts } = await store.load(body.orderId, nothing)
  if (!facts.added.includes(body.item)) {
    const { version } = await store.load(body.orderId, nothing)
    await store.save(body.orderId, { ...facts, added: [...facts.added, body.item] }, version)
  }
  await publish(ItemAdded(body))
})

/** Takes an item out of an order, and says so. */
export const removeItem = handler(RemoveItem, async ({ body }, { store, publish }) => {
  const { value: facts, version } = await store.load(body.orderId, nothing)
  if (!facts.removed.includes(body.item)) {
    await store.save(body.orderId, { ...facts, removed: [...facts.removed, body.item] }, version)
  }
  await publish(ItemRemoved(body))
})
