import { expect, test } from 'vitest'
import type { Broker } from '../broker/index.ts'
import type { Store } from '../store/index.ts'
import { handler, routesTo, startEndpoint, topologyOf } from './index.ts'
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

test('an endpoint that stops waits for what its behaviours do beside the messages', async () => {
  const order: string[] = []
  const stop = async (): Promise<void> => void order.push('consumer')
  const broker = { declare: nothing, consume: () => Promise.resolve({ stop }) } as unknown as Broker
  const finished = async (): Promise<void> => {
    await nothing()
    order.push('behaviour')
  }
  const endpoint = await startEndpoint({
    name: 'orders',
    handlers: [addItem],
    broker,
    store: {} as Store,
    behaviours: [{ finished }, {}],
  })
  await endpoint.stop()
  expect(order).toEqual(['consumer', 'behaviour'])
})
