// Given: what has to be so at each moment, and what at the end.
import { effectOnce, neverTwice, noGhosts, published, type View } from '@workshop/shared/check'
import { noPayments } from './booking.ts'
import { OrderDeclined, OrderPaid } from './letters.ts'

const booked = (view: View) => view.entity('pay/shop', noPayments).booked

/** At every moment: nothing is booked twice, and what was told is so. */
export const always = (now: View) => [
  neverTwice(booked(now)),
  noGhosts(now, OrderPaid, ({ order }) => booked(now).includes(order)),
  noGhosts(now, OrderDeclined, ({ order }) => !booked(now).includes(order)),
]
/** In the end: each is paid once, and everybody has heard. */
export const paid =
  (...orders: readonly string[]) =>
  (end: View) =>
    orders.flatMap((order) => [
      effectOnce(booked(end), order),
      published(end, OrderPaid, { order }),
    ])
