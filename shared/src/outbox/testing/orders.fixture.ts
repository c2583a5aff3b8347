// What the tests of the outbox are about: an order that takes gifts and tells of each, by a handler
// that contains nothing against duplicates, and what must be the case at the end.

import { effectOnce, type Verdict, type View, Violation } from '../../check/index.ts'
import type { Specification } from '../../explore/index.ts'
import { placeOf } from '../../inbox/index.ts'
import { canonicalJson, type Definition, header, textOf } from '../../message/index.ts'
import { type Behaviour, handler } from '../../pipeline/index.ts'
import { AddItem, emptyOrder, FirstItemAdded, ItemAdded, withItem } from '../../shop/index.ts'

/** Tells what depends on the order as it is now, before it saves it: both must be all right. */
export const addItem = handler(AddItem, async ({ body }, { store, publish }) => {
  const { value: order, version } = await store.load(body.orderId, emptyOrder)
  const fuller = withItem(order, body.item)
  if (order.items.length === 0) await publish(FirstItemAdded(body))
  await publish(ItemAdded({ ...body, total: fuller.items.length }))
  await store.save(body.orderId, fuller, version)
})

export const gifts = [
  { orderId: 'order-1', item: 'porsche' },
  { orderId: 'order-1', item: 'sledge' },
]

/** The first `count` gifts, with `behaviour` between the retries and the handler. */
export const given = (
  behaviour: () => Behaviour,
  { count = gifts.length, ...world }: World = {},
): Specification => ({
  endpoints: { orders: { handlers: [addItem], behaviours: () => [behaviour()] } },
  given: gifts.slice(0, count).map((gift) => AddItem(gift)),
  finally: (end) => exactlyOnce(end, count),
  ...world,
})

export type World = Pick<Specification, 'faults' | 'instances' | 'prefetch'> & {
  readonly count?: number
}

/** Every gift is in the order once, is told of once, and nothing is left to be sent. */
export const exactlyOnce = (end: View, count = gifts.length): readonly Verdict[] => [
  ...gifts
    .slice(0, count)
    .map(({ orderId, item }) => effectOnce(end.entity(orderId, emptyOrder).items, item)),
  toldOnce(end, FirstItemAdded, 1),
  toldOnce(end, ItemAdded, count),
  ...truthful(end),
  nothingPending(end),
]

/** What was told is so: each total was that of its item. */
function truthful(end: View): readonly Verdict[] {
  const { items } = end.entity('order-1', emptyOrder)
  return end
    .published(ItemAdded)
    .map(({ item, total = 0 }) =>
      items[total - 1] === item
        ? undefined
        : new Violation(
            'GHOST_MESSAGE',
            `expected item ${total} to be ${item}, got ${items.join()}`,
          ),
    )
}

/** There are as many messages of this type as there should be: copies have one id, one content, and
 *  one cause. */
function toldOnce(end: View, { type }: Definition, times: number): Verdict {
  const contents = new Map<string, string>()
  const causes = new Set<string>()
  for (const event of end.history) {
    if (event.kind !== 'published' || event.message.type !== type) continue
    const { id, headers } = event.message
    const content = `${textOf(event.message)} ${canonicalJson(headers)}`
    if ((contents.get(id) ?? content) !== content) {
      return new Violation('CONTENT_DIFFERS', `expected one ${id}, got ${content} as well`)
    }
    contents.set(id, content)
    causes.add(headers[header.causationId] ?? '')
  }
  if (causes.size < times) {
    return new Violation('LOST_MESSAGE', `expected ${times} of ${type}, got ${causes.size}`)
  }
  if (contents.size === times) return undefined
  return new Violation('DUPLICATE_EFFECT', `expected ${times} of ${type}, got ${contents.size} ids`)
}

/** No record has anything left to be sent. */
function nothingPending(end: View): Verdict {
  const left = end
    .entities<{ readonly outgoing: unknown }>('order-1/')
    .find(({ key, value }) => placeOf(key) !== undefined && value.outgoing !== null)
  if (!left) return undefined
  return new Violation('LEFTOVERS', `expected nothing left to be sent, got ${left.key}`)
}
