// Believed: "A fact is a fact as soon as I know of it: I announce it, and then save it." Fails with: GHOST_MESSAGE
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
  const { value: facts, version } = await store.load(body.orderId, nothing)
  await publish(ItemAdded(body))
  if (!facts.added.includes(body.item)) {
    await store.save(body.orderId, { ...facts, added: [...facts.added, body.item] }, version)
  }
})

/** Takes an item out of an order, and says so. */
export const removeItem = handler(RemoveItem, async ({ body }, { store, publish }) => {
  const { value: facts, version } = await store.load(body.orderId, nothing)
  await publish(ItemRemoved(body))
  if (!facts.removed.includes(body.item)) {
    await store.save(body.orderId, { ...facts, removed: [...facts.removed, body.item] }, version)
  }
})
