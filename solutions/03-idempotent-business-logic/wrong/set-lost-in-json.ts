// Believed: "A set cannot hold the same item twice, so I store a Set." Fails with: DEAD_LETTERED
import { handler } from '@workshop/shared/pipeline'
import { AddItem, ItemAdded } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, { items: new Set<string>() })
  await publish(ItemAdded(body))
  await store.save(body.orderId, { items: order.value.items.add(body.item) }, order.version)
})
