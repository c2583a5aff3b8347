import { noGhosts, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import {
  AddItem,
  BookPayment,
  CancelPayment,
  ItemAdded,
  ItemRemoved,
  PaymentBooked,
  PaymentCancelled,
  RemoveItem,
} from '@workshop/shared/shop'
import { test } from 'vitest'
import { addItem, itemsIn, nothing, removeItem } from './orders.ts'
import { bookPayment, cancelPayment, isTaken, noPayment } from './payments.ts'

const endpoints = { orders: [addItem, removeItem], payments: [bookPayment, cancelPayment] }
/** The third attempt is the last one: then the message is a dead letter, and what was announced of
 *  it is a ghost. */
const databaseFails = { endpoints, instances: 1, faults: { failedSaves: 3 }, deadLetters: true }

const sledge = { orderId: 'order-1', item: 'sledge-1' }
const attempt = { customer: 'ann', attempt: 'try-1', cart: 'cart-1' }

/** Whether anything was ever saved under `key` of which `shows` is true. */
const wasSaved = <T>({ history }: View, key: string, shows: (value: T) => boolean) =>
  history.some((event) => event.kind === 'saved' && event.key === key && shows(event.value as T))

test('what is announced of an order was saved, although the database fails', () =>
  explore({
    ...databaseFails,
    given: [AddItem(sledge), RemoveItem(sledge)],
    finally: (end) => [
      noGhosts(end, ItemAdded, () =>
        wasSaved(end, 'order-1', (order: typeof nothing) => itemsIn(order).includes('sledge-1')),
      ),
      noGhosts(end, ItemRemoved, () => itemsIn(end.entity('order-1', nothing)).length === 0),
    ],
  }))

test('what is announced of a payment was saved, although the database fails', () =>
  explore({
    ...databaseFails,
    given: [BookPayment(attempt), CancelPayment(attempt)],
    finally: (end) => [
      noGhosts(end, PaymentBooked, () => wasSaved(end, 'ann', isTaken)),
      noGhosts(end, PaymentCancelled, () => !isTaken(end.entity('ann', noPayment))),
    ],
  }))
