// Notes in the order what was announced, in a save of its own afterwards: announces mostly once.
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

const nothingAnnounced = { ...emptyOrder, announced: [] as readonly string[] }

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const { value, version } = await store.load(body.orderId, nothingAnnounced)
  if (value.announced.includes(body.item)) return
  const isNew = !value.items.includes(body.item)
  const order = isNew ? withItem(value, body.item) : value
  const saved = isNew ? await store.save(body.orderId, order, version) : version
  await publish(ItemAdded(body))
  const announced = [...value.announced, body.item]
  await store.save(body.orderId, { ...order, announced }, saved)
})
