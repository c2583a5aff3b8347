// The script of the live demonstration: one customer, one click, and whether anybody hears of it.

import type { Demonstration } from '@workshop/shared/explore'
import { AddItem, ItemAdded, type Order } from '@workshop/shared/shop'

const itemsOf = (value: unknown): readonly string[] => (value as Order | undefined)?.items ?? []

export const demonstration: Demonstration = {
  given: (item) => [AddItem({ orderId: 'order-1', item })],
  hear: [ItemAdded],
  entity: 'order-1',
  show: (value) => itemsOf(value).join(', ') || 'nothing',
  ending: ({ item, value, heard, dead }) => {
    const times = itemsOf(value).filter((one) => one === item).length
    if (times > 1) return { ok: false, sentence: `ONE ${item} ORDERED, ${times} DELIVERED` }
    if (times === 1 && heard.length === 0) {
      return { ok: false, sentence: `A ${item} IS IN THE ORDER, AND NOBODY HAS HEARD OF IT` }
    }
    if (times === 0 && heard.length > 0) {
      return { ok: false, sentence: `A ${item} WAS ANNOUNCED THAT IS IN NO ORDER` }
    }
    if (times === 0)
      return { ok: true, sentence: `NO ${item}, NO NEWS, ${dead.length} DEAD LETTER` }
    return { ok: true, sentence: `ONE ${item} ORDERED, AND ANNOUNCED` }
  },
}
