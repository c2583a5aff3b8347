import { effectOnce, type Verdict, type View, Violation } from '@workshop/shared/check'
import {
  explore,
  findsBug,
  play,
  sparesCorrect,
  type Specification,
  untilTaken,
} from '@workshop/shared/explore'
import type { Definition } from '@workshop/shared/message'
import { type Handler, handler } from '@workshop/shared/pipeline'
import { AddItem, emptyOrder, ItemAdded } from '@workshop/shared/shop'
import { test } from 'vitest'
import { duplicates } from './duplicates.ts'
import { addItem } from './orders.ts'
import { addsEachTime, packsEachTime, packsOnce, remembersIds } from './planted.ts'

const porsche = { orderId: 'order-1', item: 'porsche' }

/** Ann orders a porsche, `orders` announces it, `warehouse` packs it. The monkey is around all that
 *  they send. */
const shopOf = (orders: Handler, warehouse: Handler): Specification => ({
  endpoints: { orders: [orders], warehouse: [warehouse] },
  clients: { ann: (ann) => untilTaken(ann, AddItem(porsche)) },
  instances: 1,
  behaviours: () => [duplicates()],
  finally: (end) => [
    effectOnce(end.entity('order-1', emptyOrder).items, 'porsche'),
    effectOnce(end.entity('parcels/order-1', emptyOrder).items, 'porsche'),
  ],
})

const atMostTwice = (end: View, definition: Definition): Verdict => {
  const { type } = definition
  const times = end.published(definition).length
  if (times <= 2) return undefined
  return new Violation('DUPLICATE_EFFECT', `expected ${type} once or twice, got it ${times} times`)
}

test('each message may go out once, and each may go out twice, but none more often', () =>
  explore({
    ...shopOf(addItem, packsOnce),
    faults: { coins: 2 },
    finally: (end) => [atMostTwice(end, AddItem), atMostTwice(end, ItemAdded)],
    goals: {
      'a command that goes out once': (end) => end.published(AddItem).length === 1,
      'a command that goes out twice': (end) => end.published(AddItem).length === 2,
      'an event that goes out once': (end) => end.published(ItemAdded).length === 1,
      'an event that goes out twice': (end) => end.published(ItemAdded).length === 2,
    },
  }))

test('the monkey finds a bug behind a command, and one behind an event', async () => {
  await findsBug('orders adds it each time', explore(shopOf(addsEachTime, packsOnce)))
  await findsBug('the warehouse packs it each time', explore(shopOf(addItem, packsEachTime)))
})

test('the monkey spares what is correct', async () => {
  await sparesCorrect('orders looks into the order', explore(shopOf(addItem, packsOnce)))
  await sparesCorrect('orders remembers ids', explore(shopOf(remembersIds, packsOnce)))
  const refusing = { ...shopOf(addItem, packsOnce), faults: { refused: 1 } }
  await sparesCorrect('whoever is refused sends again', explore(refusing))
})

const clicks = Array.from({ length: 12 }, (_, index) => `order-${index + 1}`)

/** At least a quarter of the commands went out once, and at least a quarter twice. */
function mixed(end: View): Verdict {
  const sent = end.published(AddItem).map(({ orderId }) => orderId)
  const times = clicks.map((orderId) => sent.filter((one) => one === orderId).length)
  const isMixed = [1, 2].every((wanted) => times.filter((one) => one === wanted).length >= 3)
  if (isMixed) return undefined
  return new Violation(
    'NOTHING_HAPPENED',
    `expected some once, some twice, got ${times.join(', ')}`,
  )
}

test('on a real broker, one seed gives the same copies whenever it is played', () =>
  play({
    endpoints: { orders: [handler(AddItem, () => Promise.resolve())] },
    clients: {
      ann: async ({ send }) => {
        for (const orderId of clicks) await send(AddItem({ orderId, item: 'porsche' }))
      },
    },
    behaviours: () => [duplicates()],
    finally: (end) => [mixed(end)],
  }))
