// Believed: "Each change notes when it came; the newest is the one that counts." Fails with: STALE_WRITE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, ItemAdded, ItemRemoved, RemoveItem } from '@workshop/shared/shop'

type Change = { readonly isIn: boolean; readonly atMs: number }
type Changes = Readonly<Record<string, Change>>

export const nothing: Changes = {}

export const itemsIn = (changes: Changes): readonly string[] =>
  Object.keys(changes).filter((item) => changes[item]?.isIn)

const newest = (changes: Changes, item: string, change: Change): Changes =>
  (changes[item]?.atMs ?? 0) > change.atMs ? changes : { ...changes, [item]: change }

export const addItem = handler(AddItem, async ({ body }, { store, publish, clock }) => {
  const { value, version } = await store.load(body.orderId, nothing)
  const change = { isIn: true, atMs: clock.nowMs() }
  await store.save(body.orderId, newest(value, body.item, change), version)
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ body }, { store, publish, clock }) => {
  const { value, version } = await store.load(body.orderId, nothing)
  const change = { isIn: false, atMs: clock.nowMs() }
  await store.save(body.orderId, newest(value, body.item, change), version)
  await publish(ItemRemoved(body))
})
