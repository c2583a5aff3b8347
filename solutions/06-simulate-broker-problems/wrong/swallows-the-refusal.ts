// Believed: "The order is saved; an announcement that fails must not fail the command." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

export const addItem = handler(AddItem, async ({ body }, { store, publish, log }) => {
  const order = await store.load(body.orderId, emptyOrder)
  if (!order.value.items.includes(body.item)) {
    await store.save(body.orderId, withItem(order.value, body.item), order.version)
  }
  try {
    await publish(ItemAdded(body))
  } catch {
    log.warn({}, 'could not announce it')
  }
})
