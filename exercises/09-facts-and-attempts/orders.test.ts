import { gone, kept, published } from '@workshop/shared/check'
import { type Client, explore } from '@workshop/shared/explore'
import { AddItem, ItemAdded, ItemRemoved, RemoveItem } from '@workshop/shared/shop'
import { test } from 'vitest'
import { addItem, itemsIn, type nothing, removeItem } from './orders.ts'

const endpoints = { orders: [addItem, removeItem] }
const line = (item: string) => ({ orderId: 'order-1', item })

const inOrder = (item: string) => ({
  key: 'order-1',
  what: `${item} in order-1`,
  shows: (order: typeof nothing) => itemsIn(order).includes(item),
})

/** Puts a sledge into her order, sees that it is there, and takes it out again. */
const changesHerMind = async (ann: Client) => {
  await ann.send(AddItem(line('sledge-1')))
  await ann.sees(ItemAdded, line('sledge-1'))
  await ann.send(RemoveItem(line('sledge-1')))
}

test('what she took out stays out, although a copy arrives late', () =>
  explore({
    endpoints,
    clients: { ann: changesHerMind },
    faults: { lateCopies: 1 },
    finally: (end) => [gone(end, inOrder('sledge-1'))],
  }))

test('what she puts in again, as another line, is in', () =>
  explore({
    endpoints,
    instances: 1,
    clients: {
      ann: async (ann) => {
        await changesHerMind(ann)
        await ann.sees(ItemRemoved, line('sledge-1'))
        await ann.send(AddItem(line('sledge-2')))
      },
    },
    faults: { lateCopies: 1 },
    finally: (end) => [gone(end, inOrder('sledge-1')), kept(end, inOrder('sledge-2'))],
  }))

test('what was added and what was removed is announced, although the process crashes', () =>
  explore({
    endpoints,
    instances: 1,
    given: [AddItem(line('sledge-1')), RemoveItem(line('sledge-1'))],
    faults: { crashes: 1 },
    finally: (end) => [
      published(end, ItemAdded, line('sledge-1')),
      published(end, ItemRemoved, line('sledge-1')),
      gone(end, inOrder('sledge-1')),
    ],
  }))

test('two lines that are added at the same moment are both in', () =>
  explore({
    endpoints,
    given: [AddItem(line('sledge-1')), AddItem(line('sledge-2'))],
    finally: (end) => [kept(end, inOrder('sledge-1')), kept(end, inOrder('sledge-2'))],
  }))
