import { effectOnce, type Verdict, type View, Violation } from '@workshop/shared/check'
import {
  explore,
  findsBug,
  play,
  sparesCorrect,
  type Specification,
} from '@workshop/shared/explore'
import { type Handler, handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded } from '@workshop/shared/shop'
import { test } from 'vitest'
import { duplicates } from './duplicates.ts'
import { addItem } from './orders.ts'
import { addsEachTime, packsEachTime, packsOnce, remembersIds } from './planted.ts'

const porsche = { orderId: 'order-1', item: 'porsche' }

/** Ann orders a porsche, `orders` announces it, `warehouse` packs it. The monkey is around all that
 *  is sent. */
const shopOf = (orders: Handler, warehouse: Handler): Specification => ({
  endpoints: { orders: [orders], warehouse: [warehouse] },
  clients: { ann: ({ send }) => send(AddItem(porsche)) },
  instances: 1,
  behaviours: () => [duplicates()],
  finally: (end) => [
    effectOnce(end.entity('order-1', emptyOrder).items, 'porsche'),
    effectOnce(end.entity('parcels/order-1', emptyOrder).items, 'porsche'),
  ],
})

test('each message may go out once, and each may go out twice', () =>
  explore({
    ...shopOf(addItem, packsOnce),
    goals: {
      'a command that is sent once': (end) => end.published(AddItem).length === 1,
      'a command that is sent twice': (end) => end.published(AddItem).length === 2,
      'an event that is published once': (end) => end.published(ItemAdded).length === 1,
      'an event that is published twice': (end) => end.published(ItemAdded).length === 2,
    },
  }))

test('the monkey finds a bug behind a command, and one behind an event', async () => {
  await findsBug('orders adds it each time', explore(shopOf(addsEachTime, packsOnce)))
  await findsBug('the warehouse packs it each time', explore(shopOf(addItem, packsEachTime)))
})

test('the monkey spares what is correct', async () => {
  await sparesCorrect('orders looks into the order', explore(shopOf(addItem, packsOnce)))
  await sparesCorrect('orders remembers ids', explore(shopOf(remembersIds, packsOnce)))
})
