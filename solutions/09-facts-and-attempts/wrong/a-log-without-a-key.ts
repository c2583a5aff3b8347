// Believed: "Everything that happens is appended to a log: nothing is ever changed." Fails with: STALE_WRITE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, ItemAdded, ItemRemoved, RemoveItem } from '@workshop/shared/shop'

type Entry = { readonly what: 'added' | 'removed'; readonly item: string }
type Log = { readonly entries: readonly Entry[] }

export const nothing: Log = { entries: [] }

export const itemsIn = ({ entries }: Log): readonly string[] =>
  entries.reduce<readonly string[]>((items, { what, item }) => {
    const others = items.filter((one) => one !== item)
    return what === 'added' ? [...others, item] : others
  }, [])

const append = ({ entries }: Log, what: Entry['what'], item: string): Log => ({
  entries: [...entries, { what, item }],
})

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const log = await store.load(body.orderId, nothing)
  await store.save(body.orderId, append(log.value, 'added', body.item), log.version)
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ body }, { store, publish }) => {
  const log = await store.load(body.orderId, nothing)
  await store.save(body.orderId, append(log.value, 'removed', body.item), log.version)
  await publish(ItemRemoved(body))
})
