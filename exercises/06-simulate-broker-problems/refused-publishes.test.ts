import { kept, published, type View } from '@workshop/shared/check'
import { explore, findsBug, sparesCorrect } from '@workshop/shared/explore'
import type { Handler } from '@workshop/shared/pipeline'
import { AddItem, ItemAdded, type Order } from '@workshop/shared/shop'
import { test } from 'vitest'
import { publishesFirst, savesFirst } from './planted.ts'
import { refusedPublishes } from './refused-publishes.ts'

const bell = { orderId: 'order-1', item: 'bell' }

const underTheMonkey = (orders: Handler) =>
  explore({
    endpoints: { orders: [orders] },
    given: [AddItem(bell)],
    instances: 1,
    behaviours: () => [refusedPublishes('bell')],
    finally: (end: View) => [
      kept<Order>(end, {
        key: 'order-1',
        what: 'the bell in order-1',
        shows: ({ items }) => items.includes('bell'),
      }),
      published(end, ItemAdded, bell),
    ],
  })

test('the monkey finds a bug that shows where a message is refused', () =>
  findsBug('orders saves first, and takes what it finds for done', underTheMonkey(savesFirst)))

test('the monkey spares a handler that a refusal does not harm', () =>
  sparesCorrect(
    'orders publishes first, and saves what is announced',
    underTheMonkey(publishesFirst),
  ))
