import { expect, test } from 'vitest'
import { Ledger } from './ledger.ts'

const added = { event: 'ItemAdded' } as const
const orders = { queue: 'orders' } as const
const bindings = ['orders', 'closed'].map((queue) => ({ event: added.event, queue }))
const copy = { queue: 'orders', id: 'one' }

const aLedger = () => new Ledger(['orders', 'marketing'], [{ queues: [], bindings }])

test('a message is owed to the queues that are bound and served, until it is settled', () => {
  const ledger = aLedger()
  ledger.put(added, 'one')
  expect(ledger.waiting).toEqual(['orders'])
  ledger.delivered('orders-1', copy)
  expect(ledger.waiting).toEqual(['orders'])
  ledger.settled('orders-1', copy, 'ack')
  expect(ledger.waiting).toEqual([])
})

test.each(['retry', 'release'] as const)('a %s settles nothing', (outcome) => {
  const ledger = aLedger()
  ledger.put(orders, 'one')
  ledger.delivered('orders-1', copy)
  ledger.settled('orders-1', copy, outcome)
  expect(ledger.waiting).toEqual(['orders'])
})

test('each copy is owed', () => {
  const ledger = aLedger()
  ledger.put(orders, 'one', 2)
  for (const still of [['orders'], []]) {
    ledger.delivered('orders-1', copy)
    ledger.settled('orders-1', copy, 'dead-letter')
    expect(ledger.waiting).toEqual(still)
  }
})

test('what was held by a process that died is owed', () => {
  const ledger = aLedger()
  ledger.put(orders, 'one')
  ledger.delivered('orders-1', copy)
  ledger.died('orders-1')
  expect(ledger.workOf('orders-1')).toEqual([])
  expect(ledger.waiting).toEqual(['orders'])
})

test('two that are at work on one copy are both waited for, and settle it once', () => {
  const ledger = aLedger()
  ledger.put(orders, 'one')
  ledger.delivered('orders-1', copy)
  ledger.delivered('orders-2', copy)
  ledger.settled('orders-2', copy, 'ack')
  expect(ledger.waiting).toEqual(['orders'])
  ledger.settled('orders-1', copy, 'retry')
  expect(ledger.waiting).toEqual([])
})

test('a publish that failed is owed no more', () => {
  const ledger = aLedger()
  ledger.put(orders, 'one', 1)
  ledger.put(orders, 'one', -1)
  expect(ledger.waiting).toEqual([])
})
