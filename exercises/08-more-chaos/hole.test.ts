import {
  demand,
  effectOnce,
  gone,
  type Verdict,
  type View,
  Violation,
} from '@workshop/shared/check'
import { explore, findsBug, knownHole, untilTaken } from '@workshop/shared/explore'
import { AddItem, emptyOrder, ItemAdded, type Order, RemoveItem } from '@workshop/shared/shop'
import { test } from 'vitest'
import { add, arrivals, hole, remove } from './hole.ts'
import { addItem, removeItem } from './orders.ts'

const endpoints = { orders: [addItem, removeItem] }
const sledge = { orderId: 'order-1', item: 'sledge' }
const noSledge = (end: View) =>
  gone<Order>(end, {
    key: 'order-1',
    what: 'sledge in order-1',
    shows: ({ items }) => items.includes('sledge'),
  })

const explained = (): Verdict =>
  (hole.reason ?? '').trim() === ''
    ? new Violation('BUG_SURVIVED', 'expected the reason of the hole in hole.ts, got none')
    : undefined

test(`known hole, two processes: ${hole.reason || 'nobody has said yet why it is there'}`, async () => {
  const exploration = explore({
    endpoints,
    clients: {
      ann: async (ann) => {
        await untilTaken(ann, AddItem(sledge))
        await ann.sees(ItemAdded, sledge)
        await untilTaken(ann, RemoveItem(sledge))
      },
    },
    instances: 2,
    faults: { duplicates: 1 },
    finally: (end) => [noSledge(end)],
  })
  await knownHole(hole.code, exploration)
  demand([explained()])
})

test('one process is no cure: the arrivals in hole.ts are enough, and it is the same hole', async () => {
  const ids = arrivals.map(({ id }) => id)
  // She removes what she has seen, so its first arrival comes second.
  const isPossible = [...new Set(ids)].join() === 'add,remove'
  const exploration = explore({
    endpoints,
    given: arrivals,
    instances: 1,
    finally: (end) => (isPossible ? [noSledge(end)] : []),
  })
  const rule = 'Ann sends add, then remove, and all else is a copy'
  await findsBug(`what arrives is ${ids.join(', ')}. ${rule}`, exploration)
  await knownHole(hole.code, exploration)
})

test('a sledge that she adds again, and means it, is in the order', () =>
  explore({
    endpoints,
    given: [add, remove, AddItem(sledge, { id: 'add-2' })],
    instances: 1,
    finally: (end) => [effectOnce(end.entity('order-1', emptyOrder).items, 'sledge')],
  }))
