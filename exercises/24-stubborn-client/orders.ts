import { handler } from '@workshop/shared/pipeline'
import {
  answerTo,
  newOrder,
  type Order,
  OrderDeclined,
  OrderPaid,
  paymentFor,
  PayOrder,
} from './letters.ts'

const maxTries = 4

/** Pays an order, and tells how it ended. */
export const payOrder = handler(PayOrder, async ({ body }, context) => {
  const { store, publish, ids, clock, http } = context
  let { value: order, version } = await store.load(body.order, newOrder)
  // TODO One order is one payment, whoever loses power and whichever answer is lost.
  const intent = { key: ids.next(), firstSentMs: clock.nowMs() }
  for (let tries = 1; order.outcome === undefined; tries += 1) {
    if (tries > maxTries) throw new Error(`expected an answer to one of ${maxTries} requests`)
    const response = await answerTo(http, paymentFor(body, intent))
    // TODO Not every answer is final, and whoever comes again should not come at once.
    if (!response) continue
    order = { ...order, outcome: response.status === 201 ? 'paid' : 'declined' }
    version = await store.save(body.order, order, version)
  }
  await publish(announcement(body.order, order))
})

const announcement = (name: string, { outcome }: Order) =>
  outcome === 'paid' ? OrderPaid({ order: name }) : OrderDeclined({ order: name })
