import { handler } from '@workshop/shared/pipeline'
import { CollectAnswer, newOrder, open, PaymentAnswered, PayOrder, seal, shred } from './letters.ts'

/** Seals what is to be paid in an envelope at the bank; it is opened by the next message. */
export const payOrder = handler(PayOrder, async ({ body }, { store, http, send, ids }) => {
  const { value: order, version } = await store.load(body.order, newOrder)
  if (order.answer) return
  if (!order.envelope) {
    // TODO Where the process dies in between, who knows of this envelope?
    const envelope = ids.next()
    await seal(http, envelope, { ...body, reference: ids.next() })
    await store.save(body.order, { envelope }, version)
  }
  await send(CollectAnswer({ order: body.order }))
})

/** Has the envelope opened, tells what the bank has answered, and throws the envelope away. */
export const collectAnswer = handler(CollectAnswer, async ({ body }, { store, http, publish }) => {
  const { value: order, version } = await store.load(body.order, newOrder)
  if (!order.envelope) return
  const answer = await open(http, order.envelope)
  await publish(PaymentAnswered({ order: body.order, ...answer }))
  await store.save(body.order, { answer }, version)
  await shred(http, order.envelope)
})
