// Believed: "Once its window is over a key is of no use: take a new one." Fails with: DUPLICATE_EFFECT
import { handler } from '@workshop/shared/pipeline'
import type { HttpResponse } from '@workshop/shared/world'
import { toleranceMs, windowMs } from './booking.ts'
import {
  answerTo,
  newOrder,
  type Order,
  OrderDeclined,
  OrderPaid,
  paymentFor,
  PayOrder,
  retryAfterMs,
} from './letters.ts'

const maxTries = 4
const [baseMs, capMs] = [200, 10_000]

/** Pays an order, and tells how it ended. */
export const payOrder = handler(PayOrder, async ({ body }, context) => {
  const { store, publish, ids, clock, http, random, sleep } = context
  let { value: order, version } = await store.load(body.order, newOrder)
  const note = async (next: Order): Promise<void> => {
    order = next
    version = await store.save(body.order, order, version)
  }
  for (let tries = 1; order.outcome === undefined; tries += 1) {
    if (tries > maxTries) throw new Error(`expected an answer to one of ${maxTries} requests`)
    // Nothing that is still on its way can be booked any more: now, looking is enough.
    if (order.intent && clock.nowMs() - order.intent.firstSentMs >= windowMs + toleranceMs) {
      await note(newOrder)
      continue
    }
    const intent = order.intent ?? { key: ids.next(), firstSentMs: clock.nowMs() }
    if (!order.intent) await note({ intent })
    const response = await answerTo(http, paymentFor(body, intent))
    const outcome = outcomeOf(response)
    if (outcome) await note({ ...order, outcome })
    else {
      const jitterMs = random(`pause ${tries}`) * Math.min(capMs, baseMs * 2 ** tries)
      await sleep(retryAfterMs(response) + jitterMs)
    }
  }
  await publish(announcement(body.order, order))
})

/** Undefined: not now, or nobody knows. */
function outcomeOf(response: HttpResponse | undefined): Order['outcome'] {
  if (response?.status === 201) return 'paid'
  return response?.status === 402 ? 'declined' : undefined
}

const announcement = (name: string, { outcome }: Order) =>
  outcome === 'paid' ? OrderPaid({ order: name }) : OrderDeclined({ order: name })
