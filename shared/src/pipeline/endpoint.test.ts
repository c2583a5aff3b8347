import { expect, test } from 'vitest'
import { handler, routesTo, topologyOf } from './index.ts'
import { AddItem, ItemAdded } from '../shop/index.ts'

const nothing = (): Promise<void> => Promise.resolve()
const addItem = handler(AddItem, nothing)
const itemAdded = handler(ItemAdded, nothing)

test('an endpoint subscribes to the events that it handles, and to no command', () => {
  expect(topologyOf({ name: 'marketing', handlers: [addItem, itemAdded] })).toEqual({
    queues: [{ name: 'marketing' }],
    bindings: [{ event: 'ItemAdded', queue: 'marketing' }],
  })
})

test('a command is routed to the endpoint that handles it', () => {
  expect(routesTo({ orders: [addItem], marketing: [itemAdded] })).toEqual({ AddItem: 'orders' })
})

test('a command that two endpoints handle is refused, with both names', () => {
  expect(() => routesTo({ orders: [addItem], archive: [addItem] })).toThrow('orders and archive')
})
