// Believed: "A list in memory tells my own half-done work from a duplicate." Fails with: HIDDEN_STATE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

const halfDone = new Set<string>()

export const addItem = handler(AddItem, async ({ id, body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item) && !halfDone.has(id)) return
  if (!halfDone.has(id)) {
    halfDone.add(id)
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  }
  await publish(ItemAdded(body))
  halfDone.delete(id)
})
