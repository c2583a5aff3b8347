import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon } from '@workshop/shared/shop'

/** The coupons of a customer, and the ids of the messages that they came with. */
type Wallet = { readonly coupons: readonly string[]; readonly seen: readonly string[] }

export const emptyWallet: Wallet = { coupons: [], seen: [] }

/** Puts a coupon into a customer's wallet, once for each message, as 10 does: this file is done. */
export const grantCoupon = handler(GrantCoupon, async ({ id, body }, { store }) => {
  const { value, version } = await store.load(`${body.customer}/coupons`, emptyWallet)
  if (value.seen.includes(id)) return
  const wallet = { coupons: [...value.coupons, body.reason], seen: [...value.seen, id] }
  await store.save(`${body.customer}/coupons`, wallet, version)
})
