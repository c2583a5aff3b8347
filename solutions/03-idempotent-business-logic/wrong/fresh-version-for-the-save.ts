// Believed: "The conflict goes away if I load again right before I save." Fails with: LOST_UPDATE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await publish(ItemAdded(body))
  for (;;) {
    const { version } = await store.load(body.orderId, emptyOrder)
    try {
      await store.save(body.orderId, withItem(order.value, body.item), version)
      return
    } catch {
      // Somebody else was faster: take the version that is there now.
    }
  }
})
