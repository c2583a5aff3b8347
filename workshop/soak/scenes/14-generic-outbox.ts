// Two endpoints, each with the outbox that the attendee writes: the first item of an order sends a
// command that grants a coupon.

import type { Behaviour } from '@workshop/shared/pipeline'
import { AddItem, CouponGranted, GrantCoupon, ItemAdded } from '@workshop/shared/shop'
import { handlersIn, type LoadFile, type Scene } from '../scene.ts'

const customers = 100
const ordersOfOne = 8

/** In the story all coupons are Ann's. Here she is many, each with a few orders that do not follow
 *  upon one another: a wallet that remembers every message for ever outgrows what a store takes,
 *  which is what exercise 18 is about. */
function customerOf(orderId: string): string {
  const order = Number(orderId.replace(/^order-/, ''))
  return `ann-${Math.floor(order / (customers * ordersOfOne))}-${order % customers}`
}

const forItsCustomer: Behaviour = {
  outgoing: ({ message, cause }, next) => {
    if (message.type !== GrantCoupon.type || cause === undefined) return next()
    const { orderId } = AddItem.parse(cause.message.body)
    const body = { ...GrantCoupon.parse(message.body), customer: customerOf(orderId) }
    return next({ message: { ...message, body } })
  },
}

type MakeOutbox = (field: string) => Behaviour

async function outboxFor(load: LoadFile, field: string): Promise<Behaviour> {
  const { outbox } = await load('outbox.ts')
  if (typeof outbox === 'function') return (outbox as MakeOutbox)(field)
  throw new TypeError('expected outbox.ts to export the function outbox, got none')
}

export const scene: Scene = {
  endpoints: {
    orders: async (load) => ({
      handlers: await handlersIn(load, 'orders.ts'),
      behaviours: [forItsCustomer, await outboxFor(load, 'orderId')],
    }),
    coupons: async (load) => ({
      handlers: await handlersIn(load, 'coupons.ts'),
      behaviours: [await outboxFor(load, 'customer')],
    }),
  },
  routes: { [AddItem.type]: 'orders', [GrantCoupon.type]: 'coupons' },
  hears: [ItemAdded, CouponGranted],
  tells: (orderId, items) =>
    items.flatMap((item, index) => [
      ItemAdded({ orderId, item, total: index + 1 }),
      ...(index === 0 ? [CouponGranted({ customer: customerOf(orderId), reason: item })] : []),
    ]),
  lists: (orders) => {
    const wallets = new Map<string, string[]>()
    for (const [orderId, [first]] of orders) {
      if (first === undefined) continue
      const customer = customerOf(orderId)
      wallets.set(customer, [...(wallets.get(customer) ?? []), first])
    }
    return wallets
  },
  listIn: (value) =>
    typeof value === 'object' && value !== null && 'coupons' in value
      ? (value.coupons as readonly string[])
      : [],
}
