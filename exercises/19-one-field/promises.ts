import {
  neverTwice,
  noGhosts,
  published,
  sameContent,
  type Verdict,
  type View,
  Violation,
} from '@workshop/shared/check'
import { bodyOf } from '@workshop/shared/message'
import { CouponGranted, ItemAdded } from '@workshop/shared/shop'
import { emptyRewarded } from './orders.ts'

const orderId = 'order-1'
/** Of JSON, in an order: enough for two gifts, and for none of the messages about one. */
const maxBytes = 250

const order = (view: View) => view.entity(orderId, emptyRewarded)

/** The coupons that somebody hears of who remembers ids, and hears each id once. */
function heard(view: View): readonly string[] {
  const byId = new Map<string, string>()
  for (const event of view.history) {
    if (event.kind !== 'published' || event.message.type !== CouponGranted.type) continue
    byId.set(event.message.id, bodyOf(event.message, CouponGranted).reason)
  }
  return [...byId.values()]
}

/** At every moment: nothing has happened twice, and nothing was announced that is not so. */
export const atEveryMoment = (now: View): readonly Verdict[] => [
  fits(JSON.stringify(order(now)).length),
  neverTwice(order(now).items),
  neverTwice(heard(now)),
  noGhosts(now, CouponGranted, ({ reason }) => order(now).coupons.includes(reason)),
]

/** In the end: each item is in the order, each is announced as it was decided, and nothing is left
 *  that was committed. */
export const allDone =
  (items: readonly string[]) =>
  (end: View): readonly Verdict[] => {
    const missing = items.find((item) => !order(end).items.includes(item))
    const silent = order(end).coupons.find((coupon) => !heard(end).includes(coupon))
    return [
      missing === undefined ? undefined : lost(`the ${missing} in ${orderId}`),
      silent === undefined ? undefined : lost(`the coupon ${silent} to be announced`),
      ...order(end).items.map((item, at) =>
        published(end, ItemAdded, { orderId, item, total: at + 1 }),
      ),
      sameContent(end),
      left(leftIn(end, (key) => wasCommitted(end, key))),
    ]
  }

/** And nothing that an attempt has staged is left: nobody has died, and everybody knew. */
export const allGone =
  (items: readonly string[]) =>
  (end: View): readonly Verdict[] => [...allDone(items)(end), left(leftIn(end, () => true))]

function leftIn(end: View, counts: (key: string) => boolean): readonly string[] {
  const fields = Object.keys(order(end)).filter((name) => name !== 'items' && name !== 'coupons')
  const keys = end.entities('').map(({ key }) => key)
  const others = keys.filter((key) => key !== orderId && !key.startsWith('processed-'))
  return [...fields.map((name) => `${name} in ${orderId}`), ...others.filter(counts)]
}

const wasCommitted = (end: View, key: string): boolean =>
  end.history.some((event) => event.kind === 'saved' && JSON.stringify(event.value).includes(key))

const left = (what: readonly string[]): Verdict => {
  if (what.length === 0) return undefined
  const sentence = `expected nothing to be left over at the end, got ${what.join(', ')}`
  return new Violation('LEFTOVERS', sentence, { about: [orderId, ...what] })
}
const lost = (what: string): Violation =>
  new Violation('LOST_MESSAGE', `expected ${what}, got a message that had no effect`, {
    about: [orderId],
  })
const fits = (bytes: number): Verdict =>
  bytes <= maxBytes
    ? undefined
    : new Violation('ENTITY_TOO_LARGE', `expected ${maxBytes} bytes in ${orderId}, got ${bytes}`)
