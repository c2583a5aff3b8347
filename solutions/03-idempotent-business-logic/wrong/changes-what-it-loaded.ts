// Believed: "What I load is the order itself; when I change it, it is changed." Fails with: DEAD_LETTERED
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  const items = order.value.items as string[]
  if (items.includes(body.item)) return
  items.push(body.item)
  await publish(ItemAdded(body))
  await store.save(body.orderId, order.value, order.version)
})
