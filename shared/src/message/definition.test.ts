import { expect, test } from 'vitest'
import { z } from 'zod'
import { command, event, type Outgoing } from './index.ts'

const AddItem = command('AddItem', z.object({ orderId: z.string(), item: z.string() }))
const ItemAdded = event('ItemAdded', z.object({ orderId: z.string(), item: z.string() }))
const porsche = { orderId: 'order-1', item: 'porsche' }

test('a definition makes messages of its type and kind', () => {
  expect(AddItem(porsche)).toEqual({ kind: 'command', type: 'AddItem', body: porsche })
  expect(ItemAdded(porsche).kind).toBe('event')
})

test('a message keeps the id that it is given', () => {
  expect(AddItem(porsche, { id: 'click-1' }).id).toBe('click-1')
})

test('an id that no broker could carry is refused', () => {
  expect(() => AddItem(porsche, { id: '' })).toThrow('1 to 255 bytes')
  expect(() => AddItem(porsche, { id: 'ö'.repeat(128) })).toThrow('got 256 bytes')
  expect(() => AddItem(porsche, { id: 'a\nb' })).toThrow('without control characters')
})

test('a body that does not fit is refused, with the type and the place', () => {
  const wrong: unknown = { orderId: 'order-1', item: 7 }
  expect(() => AddItem.parse(wrong)).toThrow(/^AddItem: .*expected string.*item/)
})

test('what the schema does not know is left out', () => {
  expect(AddItem.parse({ ...porsche, admin: true })).toEqual(porsche)
})

test('a type that could not be an address is refused', () => {
  expect(() => command('Add Item', z.object({}))).toThrow('expected a message type to match')
})

test('a wrong payload does not compile', () => {
  // @ts-expect-error the item is missing
  expect(() => AddItem({ orderId: 'order-1' })).toThrow('AddItem')
  // @ts-expect-error the item is no number
  expect(() => AddItem({ orderId: 'order-1', item: 7 })).toThrow('AddItem')
  // @ts-expect-error a Date does not survive JSON
  event('Dated', z.object({ at: z.date() }))
  // @ts-expect-error an event is no command
  const notACommand: Outgoing<'command'> = ItemAdded(porsche)
  expect(notACommand.kind).toBe('event')
})
