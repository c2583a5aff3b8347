// Coupons of Northern Gifts: several departments grant them, and one hands them out.

import { z } from 'zod'
import { command, event } from '../message/index.ts'

const coupon = z.object({ customer: z.string().min(1), reason: z.string().min(1) })

/** Asks `coupons` to give a customer a coupon. Each command is one coupon. */
export const GrantCoupon = command('GrantCoupon', coupon)

/** Says that a customer has got a coupon. */
export const CouponGranted = event('CouponGranted', coupon)
