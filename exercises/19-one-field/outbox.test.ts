import { explore } from '@workshop/shared/explore'
import { AddItem } from '@workshop/shared/shop'
import { test } from 'vitest'
import { addItem } from './orders.ts'
import { outbox } from './outbox.ts'
import { allDone, allGone, atEveryMoment } from './promises.ts'

const shop = {
  endpoints: { orders: { handlers: [addItem], behaviours: () => [outbox('orderId')] } },
  always: atEveryMoment,
  /** Takes one key at a time, as stores do that have no end. */
  store: { limits: { maxWrites: 1 } },
}
const command = (item: string) => AddItem({ orderId: 'order-1', item }, { id: item })
const one = { ...shop, given: [command('candle')], finally: allDone(['candle']) }
const items = ['candle', 'bell']
const two = { ...shop, given: items.map(command), finally: allDone(items) }
const alone = { instances: 1 }

test('two gifts are two, though a process dies and the other one comes first', () =>
  explore({ ...two, ...alone, faults: { crashes: 1, reorderings: 1 } }))

test('two gifts are two, though nobody knows whether a save happened', () =>
  explore({ ...two, ...alone, faults: { unknown: 1, reorderings: 1 } }))

test('a gift is one, though a copy comes and a process dies', () =>
  explore({ ...one, ...alone, faults: { duplicates: 1, crashes: 1 } }))

test('a gift is one, though two copies meet and a process dies', () =>
  explore({
    ...one,
    faults: { duplicates: 1, crashes: 1 },
    effort: { maxCost: 3, boundedSteps: 3000, searchSteps: 0, samples: 60 },
  }))

test('a gift is one, though it comes three times and a process dies twice', () =>
  explore({
    ...one,
    ...alone,
    faults: { duplicates: 1, lateCopies: 1, crashes: 2 },
    effort: { maxCost: 3, boundedSteps: 3000, searchSteps: 0, samples: 60 },
  }))

test('two gifts that meet leave nothing behind', () =>
  explore({
    ...two,
    effort: { boundedSteps: 4000, searchSteps: 0, samples: 40 },
    finally: allGone(items),
  }))

test('two gifts are two, though each comes twice and all of them meet', () =>
  explore({
    ...two,
    faults: { duplicates: 2 },
    effort: { boundedSteps: 4000, searchSteps: 0, samples: 50 },
  }))
