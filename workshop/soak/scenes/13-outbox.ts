// One endpoint, which tells of each item how many there are by then, and which one was the first.

import { AddItem, FirstItemAdded, ItemAdded } from '@workshop/shared/shop'
import { handlersIn, type Scene } from '../scene.ts'

export const scene: Scene = {
  endpoints: {
    orders: async (load) => ({ handlers: await handlersIn(load, 'orders.ts'), behaviours: [] }),
  },
  routes: { [AddItem.type]: 'orders' },
  hears: [ItemAdded, FirstItemAdded],
  tells: (orderId, items) =>
    items.flatMap((item, index) => [
      ItemAdded({ orderId, item, total: index + 1 }),
      ...(index === 0 ? [FirstItemAdded({ orderId, item })] : []),
    ]),
  lists: () => new Map(),
  listIn: () => [],
}
