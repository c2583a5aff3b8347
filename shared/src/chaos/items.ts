// The trouble that each item of the story brings along, as behaviours.

import type { Behaviour } from '../pipeline/index.ts'
import type { Item } from '../shop/index.ts'
import { duplicate } from './duplicate.ts'
import { failingStore } from './failing-store.ts'
import { lateCopy } from './late-copy.ts'
import { refusedPublish } from './refused-publish.ts'
import { aboutItem, type Trouble } from './trouble.ts'
import { unknownPublish } from './unknown-publish.ts'

const troubles: Readonly<Record<Item, (trouble: Trouble) => Behaviour>> = {
  porsche: duplicate,
  sledge: lateCopy,
  globe: failingStore,
  bell: refusedPublish,
  candle: unknownPublish,
}

/** The trouble of `item`, for the messages about it. */
export const troubleOf = (item: Item): Behaviour => troubles[item](aboutItem(item))
