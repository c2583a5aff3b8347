// Keeps one state for each line, which goes one way only: unknown, in, out.
import { handler } from '@workshop/shared/pipeline'
import { AddItem, ItemAdded, ItemRemoved, RemoveItem } from '@workshop/shared/shop'

type Lines = Readonly<Record<string, 'in' | 'out'>>

export const nothing: Lines = {}

export const itemsIn = (lines: Lines): readonly string[] =>
  Object.keys(lines).filter((line) => lines[line] === 'in')

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const { value: lines, version } = await store.load(body.orderId, nothing)
  if (lines[body.item] === undefined) {
    await store.save(body.orderId, { ...lines, [body.item]: 'in' }, version)
  }
  await publish(ItemAdded(body))
})

export const removeItem = handler(RemoveItem, async ({ body }, { store, publish }) => {
  const { value: lines, version } = await store.load(body.orderId, nothing)
  if (lines[body.item] !== 'out') {
    await store.save(body.orderId, { ...lines, [body.item]: 'out' }, version)
  }
  await publish(ItemRemoved(body))
})
