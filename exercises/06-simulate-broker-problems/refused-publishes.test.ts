import { effectOnce, published } from '@workshop/shared/check'
import { explore, findsBug, sparesCorrect } from '@workshop/shared/explore'
import type { Handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded } from '@workshop/shared/shop'
import { test } from 'vitest'
import { publishesFirst, savesFirst } from './planted.ts'
import { refusedPublishes } from './refused-publishes.ts'

const bell = { orderId: 'order-1', item: 'bell' }

/** One bell is ordered, and the monkey is around `addItem`. */
const underTheMonkey = (addItem: Handler) =>
  explore({
    endpoints: { orders: [addItem] },
    given: [AddItem(bell)],
    instances: 1,
    behaviours: () => [refusedPublishes('bell')],
    finally: (end) => [
      effectOnce(end.entity('order-1', emptyOrder).items, 'bell'),
      published(end, ItemAdded, bell),
    ],
  })

test('the monkey finds a handler that takes its own half-done work for a duplicate', () =>
  findsBug('it saves first, and a bell that it finds is done', underTheMonkey(savesFirst)))

test('the monkey spares a handler that a refusal does not harm', () =>
  sparesCorrect('it publishes first, and saves what is out', underTheMonkey(publishesFirst)))
