import { neverTwice, noGhosts, type Verdict, type View, Violation } from '@workshop/shared/check'
import { bodyOf } from '@workshop/shared/message'
import { GrantCoupon } from '@workshop/shared/shop'
import { emptyWallet } from './coupons.ts'
import { emptyRewarded } from './orders.ts'

const order = (view: View) => view.entity('order-1', emptyRewarded)

/** The coupons that `customer` has; and those that she will get, once `coupons` is there: a token in
 *  the store, and a message that carries it. */
function couponsOf(view: View, customer: string): readonly string[] {
  const coming = new Map<string, string>()
  for (const event of view.history) {
    if (event.kind !== 'published' || event.message.type !== GrantCoupon.type) continue
    const { token = '' } = event.message.headers
    const body = bodyOf(event.message, GrantCoupon)
    const isThere = view.entity<unknown>(token, undefined) !== undefined
    if (isThere && body.customer === customer) coming.set(token, body.reason)
  }
  return [...view.entity(customer, emptyWallet).coupons, ...coming.values()]
}

/** At every moment: nothing has happened twice, and nothing was sent that is not so. */
export const atEveryMoment = (now: View): readonly Verdict[] => [
  neverTwice(order(now).items),
  neverTwice(now.entity('ann', emptyWallet).coupons),
  noGhosts(now, GrantCoupon, ({ reason }) => order(now).coupons.includes(reason)),
]

/** In the end: each item is in the order, and each of its coupons is granted to `customers`, once. */
export function atTheEnd(
  end: View,
  items: readonly string[],
  customers: readonly string[] = ['ann'],
): readonly Verdict[] {
  const missing = items.find((item) => !order(end).items.includes(item))
  const granted = customers.map((customer) => couponsOf(end, customer))
  const lost = order(end).coupons.find((one) => granted.some((some) => !some.includes(one)))
  return [
    missing === undefined ? undefined : lostOf(`the ${missing} in order-1`, 'order-1'),
    lost === undefined ? undefined : lostOf(`the coupon ${lost} for ${customers.join()}`, 'ann'),
    ...granted.map((some) => neverTwice(some)),
  ]
}

const lostOf = (what: string, about: string): Violation =>
  new Violation('LOST_MESSAGE', `expected ${what}, got a message that had no effect`, {
    about: [about],
  })

type Excuse = (key: string, end: View) => boolean

/** Whether a message that was sent to `coupons` carries the token `key`: it is in work. */
export const isCarried: Excuse = (key, end) =>
  end.history.some((event) => event.kind === 'published' && event.message.headers['token'] === key)

/** In the end: all of `atTheEnd`, and nothing is there that is needed for a while only: no token, and
 *  in entities nothing but orders and coupons. */
export const allDone =
  (items: readonly string[], isExcused: Excuse = () => false) =>
  (end: View): readonly Verdict[] => [...atTheEnd(end, items), leftIn(end, isExcused)]

export function leftIn(end: View, isExcused: Excuse = () => false): Verdict {
  for (const { key, value } of end.entities<unknown>('')) {
    if (isExcused(key, end)) continue
    const left = fieldLeftIn(value)
    if (left === undefined) continue
    const sentence = `expected nothing at the end but orders and coupons, got ${left} in ${key}`
    return new Violation('LEFTOVERS', sentence, { about: [key] })
  }
  return undefined
}

const fieldLeftIn = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return 'a token'
  const fields = Object.entries(value as Readonly<Record<string, unknown>>)
  const isFull = (one: unknown) => one !== null && Object.keys(Object(one) as object).length > 0
  const left = fields.find(([name, one]) => !ownFields.includes(name) && isFull(one))
  return left?.[0]
}
const ownFields = ['items', 'coupons']
