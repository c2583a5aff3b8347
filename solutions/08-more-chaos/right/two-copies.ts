// Copies of both, and the copy of the removal is the first to come.
import type { FailureCode } from '@workshop/shared/check'
import { AddItem, RemoveItem } from '@workshop/shared/shop'

const sledge = { orderId: 'order-1', item: 'sledge' }

/** Ann adds a sledge, sees that it is in her order, and removes it. A copy has the id of its
 *  original: here it is `add` or `remove`, once more. */
export const add = AddItem(sledge, { id: 'add' })
export const remove = RemoveItem(sledge, { id: 'remove' })

/** What arrives at `orders`, in this order, so that she gets what she does not want. */
export const arrivals = [add, remove, remove, add]

export type Hole = {
  readonly code: FailureCode | undefined
  readonly reason: string | undefined
}

/** The code of the hole, and why it is there. */
export const hole: Hole = {
  code: 'STALE_WRITE',
  reason: 'what AddItem does depends on what has happened since it was sent',
}
