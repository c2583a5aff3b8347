// Believed: "A database that is down comes back; three tries are enough." Fails with: GHOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  await publish(ItemAdded(body))
  for (let attempt = 1; ; attempt += 1) {
    try {
      await store.save(body.orderId, withItem(order.value, body.item), order.version)
      return
    } catch (cause) {
      if (attempt === 3) throw cause
    }
  }
})
