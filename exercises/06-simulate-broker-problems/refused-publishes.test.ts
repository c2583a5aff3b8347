import { effectOnce, published } from '@workshop/shared/check'
import { explore, findsBug, sparesCorrect } from '@workshop/shared/explore'
import type { Handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded } from '@workshop/shared/shop'
import { test } from 'vitest'
import { publishesFirst, savesFirst } from './planted.ts'
import { refusedPublishes } from './refused-publishes.ts'

/** One `item` is ordered, and the monkey, which is after bells, is around `addItem`. */
const underTheMonkey = (addItem: Handler, item = 'bell') =>
  explore({
    endpoints: { orders: [addItem] },
    given: [AddItem({ orderId: 'order-1', item })],
    instances: 1,
    behaviours: () => [refusedPublishes('bell')],
    finally: (end) => [
      effectOnce(end.entity('order-1', emptyOrder).items, item),
      published(end, ItemAdded, { orderId: 'order-1', item }),
    ],
  })

test('the monkey finds a handler that takes its own half-done work for a duplicate', () =>
  findsBug('it saves first, and a bell that it finds is done', underTheMonkey(savesFirst)))

test('the monkey spares a handler that a refusal does not harm, and what is no bell', async () => {
  await sparesCorrect('it publishes first, and saves what is out', underTheMonkey(publishesFirst))
  await sparesCorrect('it is told of a porsche', underTheMonkey(savesFirst, 'porsche'))
})
