// Believed: "A Set beside the handler remembers what I have seen, and the database is spared." Fails with: HIDDEN_STATE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

const seen = new Set<string>()

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const key = `${body.orderId}/${body.item}`
  if (seen.has(key)) return
  const order = await store.load(body.orderId, emptyOrder)
  await publish(ItemAdded(body))
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  seen.add(key)
})
