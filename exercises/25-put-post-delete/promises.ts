// Given: what has to be so at each moment, and what at the end.
import {
  neverTwice,
  noGhosts,
  oneBody,
  type Verdict,
  type View,
  Violation,
} from '@workshop/shared/check'
import { accountKey, noPayments } from './account.ts'
import { newOrder, PaymentAnswered } from './letters.ts'

const account = (view: View) => view.entity(accountKey, noPayments)

/** At every moment: no order is paid twice, and nothing is told that the bank has not done. */
export const atEveryMoment = (now: View): readonly Verdict[] => [
  neverTwice(account(now).paid.map(({ order }) => order)),
  noGhosts(now, PaymentAnswered, ({ order, reference, isPaid }) => {
    const hasPaid = account(now).paid.some(
      (one) => one.order === order && one.reference === reference,
    )
    return hasPaid === isPaid
  }),
]

/** In the end: each order has its answer, which was told, and is what the bank has done. */
export function allAnswered(end: View, orders: readonly string[]): readonly Verdict[] {
  return [
    ...orders.flatMap((order) => answered(end, order)),
    oneBody(end, PaymentAnswered, ({ order }) => order),
  ]
}

function answered(end: View, order: string): readonly Verdict[] {
  const { answer } = end.entity(order, newOrder)
  const about = [order, accountKey]
  const paid = account(end).paid.filter((one) => one.order === order)
  const told = end.published(PaymentAnswered).filter((one) => one.order === order)
  if (!answer || told.length === 0) {
    const got = answer ? 'one that nobody heard of' : 'none'
    const sentence = `expected an answer for ${order}, got ${got}`
    return [new Violation('LOST_MESSAGE', sentence, { about })]
  }
  const { reference, isPaid, left } = answer
  if (isPaid === paid.some((one) => one.reference === reference)) {
    const differs = told.some((one) => one.reference !== reference || one.left !== left)
    if (!differs) return []
  }
  const sentence = `expected ${order} to be what its answer says, ${reference}, got something else`
  return [new Violation('CONTENT_DIFFERS', sentence, { about })]
}

/** Orders with their answers, and an account: nothing else is left on either side. */
export function bothEmpty(end: View): Verdict {
  for (const { key, value } of end.entities<unknown>('')) {
    const fields = Object.entries(Object(value) as object)
      .filter(([name, field]) => !kept.includes(name) && isFull(field))
      .map(([name]) => name)
    if ((key === accountKey || !key.startsWith('bank/')) && fields.length === 0) continue
    const what = fields.length > 0 ? `${fields.join(' and ')} in ${key}` : key
    const sentence = `expected nothing but answers and an account, got ${what}`
    return new Violation('LEFTOVERS', sentence, { about: [key] })
  }
  return undefined
}

const isFull = (field: unknown): boolean =>
  typeof field !== 'object' || Object.keys(Object(field) as object).length > 0
const kept = ['answer', 'spent', 'paid', 'next']

/** All of it, at the end of a run in which `orders` were to be paid. */
export const done =
  (...orders: readonly string[]) =>
  (end: View): readonly Verdict[] => [...allAnswered(end, orders), bothEmpty(end)]
