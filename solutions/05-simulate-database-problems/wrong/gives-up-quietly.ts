// Believed: "What three tries could not save, nobody can; no need to trouble the dead letters." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'
import { Unavailable } from '@workshop/shared/world'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      await store.save(body.orderId, withItem(order.value, body.item), order.version)
      return await publish(ItemAdded(body))
    } catch (cause) {
      if (!(cause instanceof Unavailable)) throw cause
    }
  }
})
