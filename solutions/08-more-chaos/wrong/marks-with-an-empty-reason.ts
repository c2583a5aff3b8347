// Believed: "A reason can follow later; the compiler takes an empty one." Fails with: BUG_SURVIVED
import type { FailureCode } from '@workshop/shared/check'
import { AddItem, RemoveItem } from '@workshop/shared/shop'

type Hole = {
  readonly code: FailureCode | undefined
  readonly reason: string | undefined
}

const sledge = { orderId: 'order-1', item: 'sledge' }
export const add = AddItem(sledge, { id: 'add' })
export const remove = RemoveItem(sledge, { id: 'remove' })
export const arrivals = [add, remove, add]

export const hole: Hole = {
  code: 'STALE_WRITE',
  reason: '',
}
