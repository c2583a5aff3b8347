import { effectOnce, gone, neverBoth, published, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import {
  BookPayment,
  CancelPayment,
  PaymentBooked,
  PaymentCancelled,
  PaymentDeclined,
} from '@workshop/shared/shop'
import { test } from 'vitest'
import { bookPayment, cancelPayment, isTaken, type noPayment } from './payments.ts'

const endpoints = { payments: [bookPayment, cancelPayment] }
/** With one instance, what is given is handled in this order. */
const inOrder = { endpoints, instances: 1 }
const paying = (attempt: string, cart: string) => ({ customer: 'ann', attempt, cart })
const first = paying('try-1', 'cart-1')
const second = paying('try-2', 'cart-2')
const booksAndCancels = [BookPayment(first), CancelPayment(first)]

const attemptsIn = (bodies: readonly (typeof first)[]) => [
  ...new Set(bodies.map(({ attempt }) => attempt)),
]
const nameless = () => 'a booking'
const bookedOrDeclined = (end: View) =>
  neverBoth(end, [PaymentBooked, PaymentDeclined], ({ attempt }) => attempt)

test('what she cancelled stays cancelled, although a copy arrives late', () =>
  explore({
    ...inOrder,
    given: booksAndCancels,
    faults: { lateCopies: 1, crashes: 1 },
    finally: (end) => [
      gone(end, { key: 'ann', what: 'booking of ann', shows: isTaken }),
      published(end, PaymentCancelled, first),
    ],
  }))

test('an attempt is booked or declined, and never both, although a copy arrives late', () =>
  explore({
    ...inOrder,
    given: [...booksAndCancels, BookPayment(second)],
    faults: { lateCopies: 2 },
    finally: (end) => [bookedOrDeclined(end)],
  }))

test('an attempt that was declined stays declined, although a copy arrives late', () =>
  explore({
    ...inOrder,
    given: [BookPayment(first), BookPayment(second), CancelPayment(second), CancelPayment(first)],
    faults: { lateCopies: 1 },
    finally: (end) => [bookedOrDeclined(end)],
  }))

test('a cart that she pays for again stays paid, although a copy arrives late', () =>
  explore({
    ...inOrder,
    given: [...booksAndCancels, BookPayment(paying('try-2', 'cart-1'))],
    faults: { lateCopies: 2 },
    finally: (end) => [
      gone(end, {
        key: 'ann',
        what: 'room for another cart',
        shows: (account: typeof noPayment) => !isTaken(account),
      }),
    ],
  }))

test('of two carts at the same moment one is booked, and both are answered', () =>
  explore({
    endpoints,
    given: [BookPayment(first), BookPayment(second)],
    faults: { crashes: 1 },
    finally: (end) => {
      const booked = attemptsIn(end.published(PaymentBooked))
      const decided = [...booked, ...attemptsIn(end.published(PaymentDeclined))]
      const answers = decided.map((attempt) => `an answer to ${attempt}`)
      return [
        bookedOrDeclined(end),
        effectOnce(booked.map(nameless), 'a booking'),
        effectOnce(answers, 'an answer to try-1'),
        effectOnce(answers, 'an answer to try-2'),
      ]
    },
  }))
