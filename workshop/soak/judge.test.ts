import type { Definition, WireMessage } from '@workshop/shared/message'
import { bodyOf, canonicalJson, header } from '@workshop/shared/message'
import { CouponGranted, FirstItemAdded, ItemAdded } from '@workshop/shared/shop'
import { expect, test } from 'vitest'
import { type Found, judge, type SentCommand, type Tally } from './judge.ts'
import { sceneOf } from './scene.ts'

const outbox = await sceneOf('13-outbox')
const generic = await sceneOf('14-generic-outbox')
const nothing: Tally = { lost: 0, duplicated: 0, ghosts: 0, differing: 0, leftovers: 0 }

const command = (number: number, item: string, isConfirmed = true): SentCommand => ({
  id: `order-1-${number}`,
  orderId: 'order-1',
  item,
  isConfirmed,
})
const sent = [command(1, 'bell'), command(2, 'bell'), command(3, 'globe')]

function event(definition: Definition, body: object, [id, cause]: readonly [string, number]) {
  const headers = { [header.conversationId]: `order-1-${cause}` }
  const made: WireMessage = {
    id,
    type: definition.type,
    headers,
    body: Buffer.from(canonicalJson(body)),
  }
  return made
}
const added = (item: string, total: number, from: readonly [string, number]) =>
  event(ItemAdded, { orderId: 'order-1', item, total }, from)

const first = event(FirstItemAdded, { orderId: 'order-1', item: 'bell' }, ['first', 2])
const done = { 'order-1-1': null, 'order-1-2': null, 'order-1-3': null }

/** As it has to end: the second command came first. */
const right: Found = {
  entities: new Map([['order-1', { items: ['bell', 'globe', 'bell'], outbox: done }]]),
  heard: [
    added('bell', 1, ['a', 2]),
    first,
    added('globe', 2, ['b', 3]),
    added('globe', 2, ['b', 3]),
    added('bell', 3, ['c', 1]),
  ],
  waiting: new Map([['orders', 0]]),
}

const tallyOf = (found: Partial<Found>, commands = sent): Tally => {
  const { violations: _shown, ...tally } = judge(outbox, commands, { ...right, ...found })
  return tally
}
const storing = (value: object) => new Map([['order-1', value]])

test('a run in which everything is there once is right, however often it was told', () => {
  expect(tallyOf({})).toEqual(nothing)
})

test('an item that was confirmed and is not in its order is lost', () => {
  const entities = storing({ items: ['bell', 'globe'], outbox: done })
  const heard = right.heard.slice(0, 4)
  expect(tallyOf({ entities, heard })).toEqual({ ...nothing, lost: 1 })
  expect(tallyOf({ entities: new Map(), heard: [] })).toEqual({ ...nothing, lost: 2 })
})

test('an item of which nobody knows whether it was sent may be there, or not', () => {
  const commands = [...sent.slice(0, 2), command(3, 'globe', false)]
  expect(tallyOf({}, commands)).toEqual(nothing)
  const entities = storing({ items: ['bell', 'bell'], outbox: {} })
  const heard = [added('bell', 1, ['a', 2]), first, added('bell', 2, ['c', 1])]
  expect(tallyOf({ entities, heard }, commands)).toEqual(nothing)
})

test('an event that nobody has heard is lost', () => {
  expect(tallyOf({ heard: right.heard.filter((one) => one !== first) })).toEqual({
    ...nothing,
    lost: 1,
  })
})

test('an item that is there more often than it was sent is doubled', () => {
  const items = ['bell', 'globe', 'bell', 'bell']
  const heard = [...right.heard, added('bell', 4, ['d', 1])]
  expect(tallyOf({ entities: storing({ items, outbox: done }), heard })).toEqual({
    ...nothing,
    duplicated: 1,
  })
})

test('an event with two ids is doubled: whoever remembers ids takes it for two', () => {
  const heard = [...right.heard, added('globe', 2, ['e', 3])]
  expect(tallyOf({ heard })).toEqual({ ...nothing, duplicated: 1 })
})

test('equal events of two messages are two: as many ids as messages', async () => {
  const plain = await sceneOf('12-even-more-chaos')
  const told = (ids: readonly string[]) =>
    ids.map((id) => event(ItemAdded, { orderId: 'order-1', item: 'bell' }, [id, 1]))
  const judged = (...ids: readonly string[]) => {
    const entities = storing({ items: ['bell', 'bell'] })
    const heard = [first, ...told(ids)]
    const { violations: _shown, ...tally } = judge(plain, sent.slice(0, 2), {
      ...right,
      entities,
      heard,
    })
    return tally
  }
  expect(judged('a', 'b')).toEqual(nothing)
  expect(judged('a', 'a')).toEqual({ ...nothing, lost: 1 })
  expect(judged('a', 'b', 'c')).toMatchObject({ duplicated: 1 })
})

test('an event about what is not stored is a ghost, whoever sent it', () => {
  const untrue = [...right.heard, added('globe', 4, ['d', 3])]
  expect(tallyOf({ heard: untrue })).toEqual({ ...nothing, ghosts: 1 })
  const unasked = [...right.heard, added('bell', 1, ['a', 9])]
  expect(tallyOf({ heard: unasked })).toEqual({ ...nothing, ghosts: 1 })
})

test('what nobody has sent is a ghost in an order, and as an order', () => {
  const items = ['bell', 'globe', 'bell', 'sledge']
  const heard = [...right.heard, added('sledge', 4, ['d', 1])]
  expect(tallyOf({ entities: storing({ items, outbox: done }), heard })).toEqual({
    ...nothing,
    ghosts: 1,
  })
  const entities = new Map([...right.entities, ['order-7', { items: [], outbox: {} }]])
  expect(tallyOf({ entities })).toEqual({ ...nothing, ghosts: 1 })
})

test('one id with two contents differs', () => {
  const heard = [...right.heard, added('bell', 3, ['b', 1])]
  expect(tallyOf({ heard })).toMatchObject({ differing: 1 })
})

test('a message in an outbox is left over, wherever that is', () => {
  const { items } = { items: ['bell', 'globe', 'bell'] }
  const entry = { ...done, 'order-1-3': [] }
  expect(tallyOf({ entities: storing({ items, outbox: entry }) })).toEqual({
    ...nothing,
    leftovers: 1,
  })
  const row = [{ id: 'b', type: 'ItemAdded' }]
  const entities = new Map<string, unknown>([...right.entities, ['order-1/outbox/b', row]])
  expect(tallyOf({ entities })).toEqual({ ...nothing, leftovers: 1 })
})

test('a message in a queue is left over, dead letters too', () => {
  const waiting = new Map([
    ['orders', 1],
    ['orders.dead', 2],
  ])
  expect(tallyOf({ waiting })).toEqual({ ...nothing, leftovers: 2 })
})

test('a coupon is granted for the first item of each order, once', () => {
  const coupon = event(CouponGranted, { customer: 'ann-0-1', reason: 'bell' }, ['coupon', 2])
  const heard = right.heard.map((one) => (one === first ? coupon : one))
  const judged = (coupons: readonly string[]) => {
    const entities = new Map<string, unknown>([
      ...right.entities,
      ['ann-0-1', { coupons, outbox: {} }],
    ])
    const { violations: _shown, ...tally } = judge(generic, sent, { ...right, entities, heard })
    return tally
  }
  expect(bodyOf(coupon, CouponGranted)).toMatchObject({ reason: 'bell' })
  expect(judged(['bell'])).toEqual(nothing)
  expect(judged([])).toEqual({ ...nothing, lost: 1 })
  expect(judged(['bell', 'bell'])).toEqual({ ...nothing, duplicated: 1 })
  expect(judged(['bell', 'globe'])).toEqual({ ...nothing, ghosts: 1 })
})

test('a failure says which order it is about', () => {
  const { violations } = judge(outbox, sent, { ...right, heard: [] })
  expect(violations[0]?.about).toBe('order-1')
  expect(violations[0]?.violation.code).toBe('LOST_MESSAGE')
})
