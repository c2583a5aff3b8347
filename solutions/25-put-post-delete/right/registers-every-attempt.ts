// Notes every id before it is used, decides for one afterwards, and throws all of them away.
import { handler } from '@workshop/shared/pipeline'
import {
  type Answer,
  CollectAnswer,
  newId,
  newOrder,
  open,
  PaymentAnswered,
  PayOrder,
  seal,
  shred,
} from './letters.ts'

/** The ids of all envelopes that any attempt may have sealed. */
type Registered = {
  readonly envelope?: string
  readonly answer?: Answer
  readonly registered?: readonly string[]
}

/** Seals what is to be paid in an envelope at the bank; it is opened by the next message. */
export const payOrder = handler(PayOrder, async ({ body }, { store, http, send, ids }) => {
  let { value: order, version } = await store.load<Registered>(body.order, newOrder)
  if (order.answer) return
  if (!order.envelope) {
    const envelope = await newId(http)
    const registered = [...(order.registered ?? []), envelope]
    version = await store.save(body.order, { registered }, version)
    if (!(await seal(http, envelope, { ...body, reference: ids.next() })))
      throw new Error('once more')
    await store.save(body.order, { registered, envelope }, version)
  }
  await send(CollectAnswer({ order: body.order }))
})

/** Has the envelope opened, tells what the bank has answered, and throws the envelope away. */
export const collectAnswer = handler(CollectAnswer, async ({ body }, { store, http, publish }) => {
  let { value: order, version } = await store.load<Registered>(body.order, newOrder)
  if (!order.envelope) return
  const answer = order.answer ?? (await open(http, order.envelope))
  if (!order.answer) version = await store.save(body.order, { ...order, answer }, version)
  await publish(PaymentAnswered({ order: body.order, ...answer }))
  for (const id of order.registered ?? []) await shred(http, id)
  await store.save(body.order, { answer }, version)
})
