// Given: what `orders` is asked and says, and how it calls `payments`.
import { type Intent, intentHeaders } from '@workshop/shared/http'
import { type BodyOf, command, event } from '@workshop/shared/message'
import {
  type Http,
  type HttpCall,
  type HttpHeaders,
  type HttpResponse,
  Unavailable,
  Unknown,
} from '@workshop/shared/world'
import { z } from 'zod'

const order = z.string().min(1)

/** Asks `orders` to pay an order. A customer who clicks twice sends two of them. */
export const PayOrder = command('PayOrder', z.object({ order, amount: z.int().positive() }))
export type PayOrder = BodyOf<typeof PayOrder>
export const OrderPaid = event('OrderPaid', z.object({ order }))
export const OrderDeclined = event('OrderDeclined', z.object({ order }))

export type Order = {
  /** One payment: its key, and when it was first asked for. */
  readonly intent?: Intent
  /** How it ended; undefined: not yet, or nobody knows. */
  readonly outcome?: 'paid' | 'declined'
}
export const newOrder: Order = {}

const headers: HttpHeaders = { authorization: 'Bearer shop' }
const payments = { to: 'payments', path: '/payments' } as const

/** The request for a payment; the same, however often it is sent for one intent. */
export const paymentFor = (body: PayOrder, intent: Intent): HttpCall => ({
  ...payments,
  method: 'POST',
  headers: { ...headers, ...intentHeaders(intent) },
  body,
})

/** Sends it. Undefined where no answer came: it was not there, or nobody knows. */
export async function answerTo(http: Http, call: HttpCall): Promise<HttpResponse | undefined> {
  try {
    return await http.send(call)
  } catch (error) {
    if (error instanceof Unknown || error instanceof Unavailable) return undefined
    throw error
  }
}

/** Whether `payments` has booked this order, as things stand now. Throws where it does not say. */
export async function isBooked(http: Http, { order: wanted }: PayOrder): Promise<boolean> {
  const { status, body } = await http.send({ ...payments, method: 'GET', headers })
  if (status !== 200) throw new Error(`expected the payments, got ${status}`)
  return z
    .object({ booked: z.array(z.string()) })
    .parse(body)
    .booked.includes(wanted)
}

/** How long the server wants to be left alone, in milliseconds. */
export const retryAfterMs = (response: HttpResponse | undefined): number =>
  Number(response?.headers['retry-after'] ?? 0) * 1000
