// Believed: "A conflict means that somebody else has added it; all that is left is to announce it." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'
import { Conflict } from '@workshop/shared/store'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (!order.value.items.includes(body.item)) {
    try {
      await store.save(body.orderId, withItem(order.value, body.item), order.version)
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
    }
  }
  await publish(ItemAdded(body))
})
