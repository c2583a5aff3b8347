// Given: the account that the shop has at the bank, and what lies there under which key.
import type { Answer, Payment } from './letters.ts'

export type Account = {
  readonly spent: number
  readonly paid: readonly { readonly order: string; readonly reference: string }[]
  /** No envelope with this number, or a greater one, has been sealed. */
  readonly next: number
}
export const noPayments: Account = { spent: 0, paid: [], next: 1 }

/** A payment that waits; once it was made or declined, with the answer. */
export type Envelope = { readonly payment: Payment; readonly answer?: Answer }
export const noEnvelope: Envelope | undefined = undefined

export const accountKey = 'bank/account'
export const envelopeKey = (id: string): string => `bank/envelopes/${id}`

/** `7-x` is one of the ids with the number 7. NaN: it is no id of ours. */
export const numberOf = (id: string): number => Number(/^(\d{1,9})-/.exec(id)?.[1] ?? Number.NaN)

/** What the shop may spend. */
const limit = 150

/** The account after a payment, and the answer: it is declined where too little is left. */
export function pay(account: Account, { order, amount, reference }: Payment) {
  const left = limit - account.spent
  if (amount > left) return { after: account, answer: { reference, isPaid: false, left } }
  const paid = [...account.paid, { order, reference }]
  const after = { ...account, spent: account.spent + amount, paid }
  return { after, answer: { reference, isPaid: true, left: left - amount } }
}
