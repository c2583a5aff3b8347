// Given: what the shop and the bank say to each other, and how the shop asks.
import { command, event } from '@workshop/shared/message'
import type { Http, HttpCall, HttpResponse } from '@workshop/shared/world'
import { z } from 'zod'

const name = z.string().min(1)

/** Asks `orders` to pay an order. */
export const PayOrder = command('PayOrder', z.object({ order: name, amount: z.int().positive() }))
/** Asks `orders` to fetch what the bank has answered. */
export const CollectAnswer = command('CollectAnswer', z.object({ order: name }))

/** What is in an envelope: a payment, and a reference that is drawn anew by each attempt. */
export const Payment = z.strictObject({ order: name, amount: z.int().positive(), reference: name })
export type Payment = z.infer<typeof Payment>

/** What the bank says: the reference it was asked with, whether it has paid, and what is left. */
export const Answer = z.object({ reference: name, isPaid: z.boolean(), left: z.int() })
export type Answer = z.infer<typeof Answer>

export const PaymentAnswered = event('PaymentAnswered', Answer.extend({ order: name }))

/** What `orders` knows of an order. */
export type Order = { readonly envelope?: string; readonly answer?: Answer }
export const newOrder: Order = {}

const to = (method: string, id: string, body?: Payment): HttpCall => ({
  to: 'bank',
  method,
  path: `/envelopes/${id}`,
  ...(body ? { body } : {}),
})

/** Asks the bank for an id that no envelope has had. */
export async function newId(http: Http): Promise<string> {
  const { body } = expected(await http.send(to('GET', 'new')), [200])
  return z.object({ id: name }).parse(body).id
}

/** Puts `payment` into the envelope `id`. False where the bank takes nothing under this id. */
export async function seal(http: Http, id: string, payment: Payment): Promise<boolean> {
  return expected(await http.send(to('PUT', id, payment)), [200, 201, 410]).status !== 410
}

/** Has the bank open the envelope, and do what stands in it. */
export async function open(http: Http, id: string): Promise<Answer> {
  return Answer.parse(expected(await http.send(to('POST', id)), [200]).body)
}

/** Has the bank throw the envelope away. */
export async function shred(http: Http, id: string): Promise<void> {
  expected(await http.send(to('DELETE', id)), [204])
}

/** Throws where the status is another one: the message comes again. */
function expected(response: HttpResponse, statuses: readonly number[]): HttpResponse {
  if (statuses.includes(response.status)) return response
  throw new Error(`expected ${statuses.join(' or ')} of the bank, got ${response.status}`)
}
