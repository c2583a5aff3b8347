import { effectOnce, gone, type Verdict, type View, Violation } from '@workshop/shared/check'
import { explore, findsBug, type Script, sparesCorrect, untilTaken } from '@workshop/shared/explore'
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

/** A copy is the message itself, once more: Ann has one, so all that are sent have one id. */
function oneMessage(end: View): Verdict {
  const sent = end.history.flatMap((event) => (event.kind === 'published' ? [event.message] : []))
  const ids = new Set(sent.filter(({ type }) => type === AddItem.type).map(({ id }) => id))
  if (ids.size === 1) return undefined
  const got = [...ids].join(' and ')
  return new Violation('FALSE_ALARM', `expected one message, perhaps sent twice, got ${got}`)
}

test('the monkey makes up no message, and keeps no refusal to itself', () =>
  sparesCorrect(
    'Ann sends hers until the broker has taken it',
    explore({
      ...underTheMonkey,
      endpoints: { orders: [addItem] },
      clients: { ann: adds },
      faults: { refused: 1 },
      finally: (end) => [
        effectOnce(end.entity('order-1', emptyOrder).items, 'sledge'),
        oneMessage(end),
      ],
    }),
  ))

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
