// Believed: "I repeat the publish until it gets through, so it cannot fail." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  for (let attempt = 1; ; attempt += 1) {
    try {
      await publish(ItemAdded(body))
      return
    } catch (error) {
      if (attempt === 5) throw error
    }
  }
})
