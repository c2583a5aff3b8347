// The endpoint of 13, which tells of each item, but not how many there are by then.

import { FirstItemAdded, ItemAdded } from '@workshop/shared/shop'
import type { Scene } from '../scene.ts'
import { scene as outbox } from './13-outbox.ts'

export const scene: Scene = {
  ...outbox,
  tells: (orderId, items) =>
    items.flatMap((item, index) => [
      ItemAdded({ orderId, item }),
      ...(index === 0 ? [FirstItemAdded({ orderId, item })] : []),
    ]),
}
