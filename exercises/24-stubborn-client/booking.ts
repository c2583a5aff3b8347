// Given: who pays what, and what comes of it.
import {
  bodyOf,
  HttpProblem,
  type RouteRequest,
  type RouteResponse,
} from '@workshop/shared/http'
import { z } from 'zod'

const Payment = z.strictObject({ order: z.string().min(1).max(50), amount: z.int().positive() })
export type Payment = z.infer<typeof Payment>

export type Account = { readonly spent: number; readonly booked: readonly string[] }
export const noPayments: Account = { spent: 0, booked: [] }

/** What each caller may spend. */
const limit = 150

/** Once it is over, the store forgets a key: it keeps each for an hour longer than that. */
export const windowMs = 24 * 60 * 60 * 1000
/** By how much a client's clock may be fast. */
export const toleranceMs = 60 * 60 * 1000

/** Who calls: the gateway in front has checked the token. */
export function callerOf({ headers }: RouteRequest): string {
  const [, caller] = /^Bearer (\w{1,50})$/.exec(headers['authorization'] ?? '') ?? []
  if (caller !== undefined) return caller
  throw new HttpProblem(401, 'expected a token, got none', { 'www-authenticate': 'Bearer' })
}

export const paymentIn = (request: RouteRequest): Payment => bodyOf(request, Payment)

export type Booking = { readonly after: Account; readonly response: RouteResponse }

/** The account after a payment, and what the caller is told: 201, or 402 where too little is left. */
export function book(account: Account, { order, amount }: Payment, id: string): Booking {
  const left = limit - account.spent
  if (amount > left) return { after: account, response: { status: 402, body: { left } } }
  const after = { spent: account.spent + amount, booked: [...account.booked, order] }
  return { after, response: { status: 201, body: { id, left: left - amount } } }
}
