// The script of the live demonstration: one customer, one click, and a database that fails.

import type { Demonstration } from '@workshop/shared/explore'
import { AddItem, ItemAdded, type Order } from '@workshop/shared/shop'

const itemsOf = (value: unknown): readonly string[] => (value as Order | undefined)?.items ?? []

export const demonstration: Demonstration = {
  given: (item) => [AddItem({ orderId: 'order-1', item })],
  hear: [ItemAdded],
  entity: 'order-1',
  show: (value) => itemsOf(value).join(', ') || 'nothing',
  ending: ({ item, value, heard, dead }) => {
    const isSaved = itemsOf(value).includes(item)
    const isHeard = heard.length > 0
    if (isHeard && !isSaved) {
      return { ok: false, sentence: `A ${item} WAS ANNOUNCED THAT IS IN NO ORDER` }
    }
    if (isSaved && !isHeard) return { ok: false, sentence: `A ${item} THAT NOBODY HAS HEARD OF` }
    if (isSaved) return { ok: true, sentence: `ONE ${item} ORDERED, AND ANNOUNCED` }
    return {
      ok: dead.length > 0,
      sentence: `NO ${item}, NOBODY WAS TOLD OF ONE, AND ${dead.length} DEAD LETTER TO LOOK AT`,
    }
  },
}
