import {
  effectOnce,
  kept,
  noGhosts,
  published,
  type Verdict,
  type View,
  Violation,
} from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { AddItem, emptyOrder, ItemAdded, type Order } from '@workshop/shared/shop'
import { test } from 'vitest'
import { failingSaves } from './failing-saves.ts'
import { addItem } from './orders.ts'

const endpoints = { orders: [addItem] }
const globe = { orderId: 'order-1', item: 'globe' }
const sledge = { orderId: 'order-1', item: 'sledge' }

const itemsOf = (end: View) => end.entity('order-1', emptyOrder).items
const isInOrder = (end: View, item: string): boolean => itemsOf(end).includes(item)

/** No ghost, and no globe that is lost without a word. */
const honest = (end: View): readonly Verdict[] => [
  noGhosts(end, ItemAdded, ({ item }) => isInOrder(end, item)),
  isInOrder(end, 'globe') || end.deadLetters.length > 0
    ? undefined
    : new Violation('LOST_MESSAGE', 'expected a globe in the order or a dead letter, got neither'),
]

test('a globe that is announced is in the order, however often a save fails', () =>
  explore({
    endpoints,
    given: [AddItem(globe)],
    faults: { failedSaves: 3 },
    deadLetters: true,
    finally: honest,
  }))

test('a globe is not announced under your monkey either, where no save ever succeeds', () =>
  explore({
    endpoints,
    given: [AddItem(globe)],
    behaviours: () => [failingSaves('globe')],
    deadLetters: true,
    finally: honest,
  }))

test('after a save that failed once, and a copy, there is one globe, and it is announced', () =>
  explore({
    endpoints,
    given: [AddItem(globe)],
    faults: { failedSaves: 1, duplicates: 1 },
    finally: (end) => [effectOnce(itemsOf(end), 'globe'), published(end, ItemAdded, globe)],
  }))

test('two gifts that are ordered at the same moment are both in the order, and announced', () =>
  explore({
    endpoints,
    given: [AddItem(globe), AddItem(sledge)],
    finally: (end) =>
      [globe, sledge].flatMap((gift) => [
        kept<Order>(end, {
          key: gift.orderId,
          what: `the ${gift.item} in ${gift.orderId}`,
          shows: (order) => order.items.includes(gift.item),
        }),
        published(end, ItemAdded, gift),
      ]),
  }))
