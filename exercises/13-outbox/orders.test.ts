import {
  effectOnce,
  effectTimes,
  kept,
  nothingLeftIn,
  published,
  sameContent,
  type Verdict,
  type View,
} from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { AddItem, emptyOrder, FirstItemAdded, ItemAdded, type Order } from '@workshop/shared/shop'
import { test } from 'vitest'
import { addItem } from './orders.ts'

const endpoints = { orders: [addItem] }
const orderId = 'order-1'
const porsche = AddItem({ orderId, item: 'porsche' }, { id: 'porsche' })
const sledge = AddItem({ orderId, item: 'sledge' }, { id: 'sledge' })

type Stored = Order & { readonly outbox?: Readonly<Record<string, unknown>> }
const notSent = ({ outbox = {} }: Stored) => Object.keys(outbox).filter((id) => outbox[id] !== null)

/** The types of the events that somebody hears who remembers ids, and hears each id once. */
const heardIn = (end: View) => {
  const byId = new Map<string, string>()
  for (const event of end.history) {
    if (event.kind === 'published') byId.set(event.message.id, event.message.type)
  }
  return [...byId.values()]
}

/** Each gift is in the order once, all that is to be said is said, always the same, and nothing is
 *  left to be sent. */
function asPromised(end: View, gifts: readonly string[]): readonly Verdict[] {
  const { items } = end.entity(orderId, emptyOrder)
  const [first = 'nothing'] = items
  return [
    ...gifts.map((gift) => inOrder(end, gift)),
    sameContent(end),
    ...gifts.map((gift) => effectOnce(items, gift)),
    published(end, FirstItemAdded, { orderId, item: first }),
    effectOnce(heardIn(end), FirstItemAdded.type),
    ...items.map((item, index) => published(end, ItemAdded, { orderId, item, total: index + 1 })),
    effectTimes(heardIn(end), ItemAdded.type, gifts.length),
    nothingLeftIn(end, 'order-', notSent),
  ]
}

const inOrder = (end: View, gift: string): Verdict =>
  kept<Order>(end, {
    key: orderId,
    what: `the ${gift} in ${orderId}`,
    shows: ({ items }) => items.includes(gift),
  })

const twoGifts = {
  endpoints,
  given: [porsche, sledge],
  finally: (end: View) => asPromised(end, ['porsche', 'sledge']),
}

test('a message says the same each time, although the process crashes and loses its turn', () =>
  explore({ ...twoGifts, instances: 1, faults: { crashes: 1, reorderings: 1 } }))

test('a message says the same each time, although the broker refuses one', () =>
  explore({ ...twoGifts, faults: { refused: 1 } }))

test('a message says the same each time, although a copy of the command arrives late', () =>
  explore({ ...twoGifts, instances: 1, faults: { lateCopies: 1 } }))

test('two gifts that are ordered at the same moment are both in the order, and announced', () =>
  explore(twoGifts))

test('a gift is added and announced once, although two copies meet and a process crashes', () =>
  explore({
    endpoints,
    given: [porsche],
    faults: { crashes: 1, duplicates: 1 },
    finally: (end) => asPromised(end, ['porsche']),
  }))
