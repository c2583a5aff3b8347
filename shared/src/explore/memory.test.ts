// Handlers and behaviours that remember something from one step to the next, outside of the store.
// A search takes two states for one when it cannot see the difference; samples must make up for it.

import { expect, test } from 'vitest'
import { type View, Violation } from '../check/index.ts'
import { type Behaviour, handler } from '../pipeline/index.ts'
import { AddItem, emptyOrder, ItemAdded, withItem } from '../shop/index.ts'
import { decoratedStore } from '../store/index.ts'
import { explore, type Specification } from './index.ts'

const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const order = await store.load(body.orderId, emptyOrder)
  await store.save(body.orderId, withItem(order.value, body.item), order.version)
  await publish(ItemAdded(body))
})

/** Names what goes out after the message whose load came last, whoever sends it. */
function confused(): Behaviour {
  let last = ''
  return {
    incoming: (context, next) =>
      next({
        store: decoratedStore(context.store, {
          load: async (key, whenAbsent) => {
            const loaded = await context.store.load(key, whenAbsent)
            last = context.message.id
            return loaded
          },
        }),
        dispatch: ({ message, ...where }) =>
          context.dispatch({ ...where, message: { ...message, id: `${last}-added` } }),
      }),
  }
}

const idsOf = (end: View, item: string): readonly string[] =>
  end.history.flatMap((event) =>
    event.kind === 'published' && new TextDecoder().decode(event.message.body).includes(item)
      ? [event.message.id]
      : [],
  )

const twoAtOnce: Specification = {
  endpoints: { orders: [addItem] },
  given: [
    AddItem({ orderId: 'order-1', item: 'porsche' }),
    AddItem({ orderId: 'order-2', item: 'sledge' }),
  ],
  instances: 1,
  prefetch: 2,
  behaviours: () => [confused()],
  finally: (end) =>
    idsOf(end, 'sledge').includes('given-2-added')
      ? []
      : [new Violation('LOST_MESSAGE', 'the sledge was announced under another id')],
}

test('what a behaviour mixes up between two deliveries is found', () =>
  expect(explore(twoAtOnce)).rejects.toMatchObject({ code: 'LOST_MESSAGE' }))
