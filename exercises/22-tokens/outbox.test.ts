import { explore, longRun } from '@workshop/shared/explore'
import { AddItem } from '@workshop/shared/shop'
import { test } from 'vitest'
import { grantCoupon } from './coupons.ts'
import { addGenerously, addItem } from './orders.ts'
import { outbox } from './outbox.ts'
import { allDone, atEveryMoment, atTheEnd, isCarried, leftIn } from './promises.ts'

const orders = { handlers: [addItem], behaviours: () => [outbox('orderId')] }
const coupons = { handlers: [grantCoupon], behaviours: () => [outbox('customer')] }

/** Here messages enter: each gets its first token. */
const command = (item: string) =>
  AddItem({ orderId: 'order-1', item }, { headers: { token: `token-${item}` } })
const commands = (...items: readonly string[]) => ({
  given: items.map(command),
  stored: Object.fromEntries(items.map((item) => [`token-${item}`, 'given'])),
})
const shop = { endpoints: { orders, coupons }, instances: 1, always: atEveryMoment }
const candle = { ...shop, ...commands('candle') }
const both = { ...shop, ...commands('candle', 'bell') }
/** What is sent to `coupons` waits there. */
const alone = { instances: { orders: 1, coupons: 0 } }
const busy = { instances: { orders: 2, coupons: 0 } }

/** Where one attempt may overtake another, a token that either has made may be left. */
const entered = ['order-1', 'token-candle', 'token-bell']
const isMade = (key: string) => !entered.includes(key)

test('a coupon is granted once, though a process dies after it has sent it', () =>
  explore({ ...candle, faults: { crashes: 1 }, finally: (end) => atTheEnd(end, ['candle']) }))

test('nothing is left of what is done, though nobody knows what the store and the broker did', () =>
  explore({ ...candle, faults: { unknown: 1 }, finally: allDone(['candle']) }))

test('a copy from last year has no effect, and leaves nothing', () =>
  explore({ ...candle, faults: { lateCopies: 1 }, finally: allDone(['candle']) }))

test('a token that was consumed does not come back, whoever is late', () =>
  explore({
    ...candle,
    instances: { orders: 2, coupons: 1 },
    faults: { duplicates: 1, lateCopies: 1 },
    effort: { boundedSteps: 3000, searchSteps: 0, samples: 40 },
    finally: allDone(['candle'], isMade),
  }))

test('two copies that meet are one, though a process dies', () => {
  const faults = { crashes: 1, duplicates: 1 }
  const effort = { boundedSteps: 8000, searchSteps: 0, samples: 80 }
  return explore({ ...candle, ...busy, faults, effort, finally: allDone(['candle'], isMade) })
})

test('three copies are one, and leave nothing, though a process dies twice', () => {
  const faults = { crashes: 2, duplicates: 1, lateCopies: 1 }
  const effort = { maxCost: 3, boundedSteps: 3000, searchSteps: 0, samples: 60 }
  return explore({ ...candle, ...alone, faults, effort, finally: allDone(['candle'], isCarried) })
})

test('two items are two, though a process dies', () => {
  const end = allDone(['candle', 'bell'], isCarried)
  return explore({ ...both, ...alone, faults: { crashes: 1 }, finally: end })
})

test('two items are two, though each comes twice and all of them meet', () =>
  explore({
    ...both,
    ...busy,
    faults: { duplicates: 2 },
    effort: { boundedSteps: 3000, searchSteps: 0, samples: 40 },
    finally: allDone(['candle', 'bell'], isMade),
  }))

test('a gift that earns two coupons earns both, once', () =>
  explore({
    ...candle,
    endpoints: { orders: { ...orders, handlers: [addGenerously] }, coupons },
    finally: (end) => [...atTheEnd(end, ['candle'], ['ann', 'ben']), leftIn(end)],
  }))

test('a hundred items leave no more behind than one, though copies come much later', () => {
  const items = Array.from({ length: 100 }, (_, index) => `item-${index + 1}`)
  return longRun(
    { ...shop, stored: commands(...items).stored, finally: allDone(items) },
    { messages: items.length, copies: 20, message: (number) => command(`item-${number}`) },
  )
})
