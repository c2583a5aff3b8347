import { handler } from '@workshop/shared/pipeline'
import { GrantCoupon } from '@workshop/shared/shop'

export type Wallet = { readonly coupons: readonly string[] }

export const emptyWallet: Wallet = { coupons: [] }

/** Puts a coupon into a customer's wallet. Each command is one coupon. */
export const grantCoupon = handler(GrantCoupon, async ({ body }, { store }) => {
  const { value: wallet, version } = await store.load(body.customer, emptyWallet)
  const coupons = [...wallet.coupons, body.reason]
  await store.save(body.customer, { ...wallet, coupons }, version)
})
