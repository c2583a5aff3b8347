// Believed: "I remember the commands that I have handled, and skip those that I know." Fails with: DUPLICATE_EFFECT
import { handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded, withItem } from '@workshop/shared/shop'

type Command = { readonly orderId: string; readonly item: string }
const nothingHandled = { ...emptyOrder, handled: [] as readonly Command[] }

export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const { value, version } = await store.load(body.orderId, nothingHandled)
  if (value.handled.includes(body)) return
  await publish(ItemAdded(body))
  const order = withItem(value, body.item)
  await store.save(body.orderId, { ...order, handled: [...value.handled, body] }, version)
})
