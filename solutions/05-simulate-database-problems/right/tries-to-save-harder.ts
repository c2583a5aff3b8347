// Tries the save three times before it gives up, and announces behind that: slow, and correct.
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (order.value.items.includes(body.item)) return
  for (let attempt = 1; ; attempt += 1) {
    try {
      await store.save(body.orderId, withItem(order.value, body.item), order.version)
      break
    } catch (cause) {
      if (attempt === 3) throw cause
    }
  }
  await publish(ItemAdded(body))
})
