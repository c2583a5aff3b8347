import { handler } from '@workshop/shared/pipeline'
import {
  CollectAnswer,
  newId,
  newOrder,
  open,
  PaymentAnswered,
  PayOrder,
  seal,
  shred,
} from './letters.ts'

/** Seals what is to be paid in an envelope at the bank; it is opened by the next message. */
export const payOrder = handler(PayOrder, async ({ body }, { store, http, send, ids }) => {
  let { value: order, version } = await store.load(body.order, newOrder)
  if (order.answer) return
  if (!order.envelope) {
    // It is written down before it is there: whoever comes next can find it.
    order = { envelope: await newId(http) }
    version = await store.save(body.order, order, version)
  }
  const { envelope = '' } = order
  if (!(await seal(http, envelope, { ...body, reference: ids.next() }))) {
    // Somebody else has taken this number, and nothing will come of it.
    await store.save(body.order, newOrder, version)
    throw new Error(`expected ${envelope} to be free: the next attempt gets another one`)
  }
  await send(CollectAnswer({ order: body.order }))
})

/** Has the envelope opened, tells what the bank has answered, and throws the envelope away. */
export const collectAnswer = handler(CollectAnswer, async ({ body }, { store, http, publish }) => {
  let { value: order, version } = await store.load(body.order, newOrder)
  if (!order.envelope) return
  const answer = order.answer ?? (await open(http, order.envelope))
  if (!order.answer) version = await store.save(body.order, { ...order, answer }, version)
  await publish(PaymentAnswered({ order: body.order, ...answer }))
  await shred(http, order.envelope)
  await store.save(body.order, { answer }, version)
})
