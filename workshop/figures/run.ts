// One outbox of an exercise under many messages: how much is stored because of it. The handlers
// around it store a text that never gets longer, and nothing fails.

import { longRun } from '@workshop/shared/explore'
import { type Behaviour, handler } from '@workshop/shared/pipeline'
import { AddItem, GrantCoupon } from '@workshop/shared/shop'
import { absent } from '@workshop/shared/store'

export type Subject = {
  /** The behaviour that an exercise builds, from the field that names the key of its entity. */
  readonly outbox: (field: string) => Behaviour
  /** Whether a message needs a token before it comes in. */
  readonly needsTokens: boolean
}

export type Stored = {
  /** How many have been handled: half of them come from outside, and each of these sends one. */
  readonly messages: number
  /** How many entries there are more than before the first of them. */
  readonly entries: number
  /** By how much all keys and values, as JSON, have grown since then. */
  readonly bytes: number
}

/** Over so many orders, and as many customers, the messages are spread: to write one long list
 *  again and again takes hours. What all of them store together is the same. */
const spread = 2000

const state = { last: 'candle' }

/** What is stored at rest after each of `counts`, which are ascending and even. */
export async function storedBy(
  { outbox, needsTokens }: Subject,
  counts: readonly number[],
): Promise<readonly Stored[]> {
  const inOrders = needsTokens ? [frontDoor(), outbox('orderId')] : [outbox('orderId')]
  const report = await longRun(
    {
      endpoints: {
        orders: { handlers: [addItem], behaviours: () => inOrders },
        coupons: { handlers: [grantCoupon], behaviours: () => [outbox('customer')] },
      },
      instances: 1,
      stored: before,
      finally: () => [],
    },
    {
      messages: (counts.at(-1) ?? 0) / 2,
      message: command,
      measuredAt: counts.map((count) => count / 2),
    },
  )
  return (report?.measures ?? []).map(({ messages, entries, bytes }) => ({
    messages: messages * 2,
    entries: entries - Object.keys(before).length,
    bytes: bytes - bytesBefore,
  }))
}

const before = Object.fromEntries(
  Array.from({ length: spread }, (_, at) => [`order-${at}`, `customer-${at}`])
    .flat()
    .map((key) => [key, { ...state, outbox: {} }]),
)
const bytesBefore = Object.entries(before)
  .flat()
  .reduce<number>(
    (sum, one) => sum + (typeof one === 'string' ? one : JSON.stringify(one)).length,
    0,
  )

/** Its id is as long as a UUID, and so is the name of its token. */
function command(number: number) {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
  const body = { orderId: `order-${number % spread}`, item: 'candle' }
  return AddItem(body, { id, headers: { token: `token-${id}` } })
}

/** Where messages come in: each gets the token that it names. */
const frontDoor = (): Behaviour => ({
  incoming: async ({ message, store }, next) => {
    await store.save(message.headers['token'] ?? '', 'given', absent)
    await next()
  },
})

const addItem = handler(AddItem, async ({ body }, { store, send }) => {
  const { version } = await store.load(body.orderId, state)
  await store.save(body.orderId, state, version)
  await send(GrantCoupon({ customer: body.orderId.replace('order', 'customer'), reason: 'candle' }))
})

const grantCoupon = handler(GrantCoupon, async ({ body }, { store }) => {
  const { version } = await store.load(body.customer, state)
  await store.save(body.customer, state, version)
})
