import { effectOnce, gone } from '@workshop/shared/check'
import { explore, findsBug, type Script, untilTaken } from '@workshop/shared/explore'
import { AddItem, emptyOrder, ItemAdded, type Order, RemoveItem } from '@workshop/shared/shop'
import { test } from 'vitest'
import { lateCopies } from './late-copies.ts'
import { addItem, removeItem } from './orders.ts'

const sledge = { orderId: 'order-1', item: 'sledge' }
const underTheMonkey = { instances: 1, behaviours: () => [lateCopies()] }

const adds: Script = (ann) => untilTaken(ann, AddItem(sledge))
const addsAndRemoves: Script = async (ann) => {
  await adds(ann)
  await ann.sees(ItemAdded, sledge)
  await untilTaken(ann, RemoveItem(sledge))
}

test('a message may arrive once, and it may arrive once more; a sledge stays one sledge', () =>
  explore({
    ...underTheMonkey,
    endpoints: { orders: [addItem] },
    clients: { ann: adds },
    finally: (end) => [effectOnce(end.entity('order-1', emptyOrder).items, 'sledge')],
    goals: {
      'a command that is sent once': (end) => end.published(AddItem).length === 1,
      'a command that is sent twice': (end) => end.published(AddItem).length === 2,
      'an event that is published once': (end) => end.published(ItemAdded).length === 1,
      'an event that is published twice': (end) =>
        end.published(AddItem).length === 1 && end.published(ItemAdded).length === 2,
    },
  }))

test('the monkey finds the hole: its copy comes after all that she did since', () =>
  findsBug(
    'a sledge that was added and removed',
    explore({
      ...underTheMonkey,
      endpoints: { orders: [addItem, removeItem] },
      clients: { ann: addsAndRemoves },
      finally: (end) => [
        gone<Order>(end, {
          key: 'order-1',
          what: 'sledge in order-1',
          shows: ({ items }) => items.includes('sledge'),
        }),
      ],
    }),
  ))
