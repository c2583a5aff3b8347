// Believed: "I note in the order what is announced, and save both at once." Fails with: LOST_MESSAGE
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

const nothingAnnounced = { ...emptyOrder, announced: [] as readonly string[] }

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const { value, version } = await store.load(body.orderId, nothingAnnounced)
  if (value.announced.includes(body.item)) return
  const announced = [...value.announced, body.item]
  await store.save(body.orderId, { ...withItem(value, body.item), announced }, version)
  await publish(ItemAdded(body))
})
