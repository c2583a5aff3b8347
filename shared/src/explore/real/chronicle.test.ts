import { expect, test } from 'vitest'
import { encode, messageId } from '../../message/index.ts'
import { Chronicle } from './chronicle.ts'

const written = (key: string, value: unknown, order: number) =>
  ({ kind: 'written', writes: [{ key, value, order }] }) as const

test('the writes of a key stand in the order of the store, whoever reports first', () => {
  const chronicle = new Chronicle()
  chronicle.deed('orders-2', written('order-1', 'second', 7))
  chronicle.deed('orders-1', written('order-2', 'other', 9))
  chronicle.deed('orders-1', written('order-1', 'first', 4))
  chronicle.deed('orders-1', written('order-1', undefined, 4.5))
  expect(chronicle.events).toEqual([
    { kind: 'saved', key: 'order-1', value: 'first' },
    { kind: 'saved', key: 'order-2', value: 'other' },
    { kind: 'removed', key: 'order-1' },
    { kind: 'saved', key: 'order-1', value: 'second' },
  ])
})

test('each copy was published, and the story tells its last lines', () => {
  const chronicle = new Chronicle()
  const message = encode({
    id: messageId('m-1'),
    type: 'ItemAdded',
    body: { item: 'bell' },
    headers: {},
  })
  chronicle.deed('orders-1', { kind: 'published', to: { event: 'ItemAdded' }, message, copies: 2 })
  expect(chronicle.events).toHaveLength(2)
  expect(chronicle.story.split('\n')[0]).toBe('  orders-1     publishes ItemAdded(bell) m-1')
  for (let line = 1; line <= 70; line += 1) chronicle.tell('orders-1', `line ${line}`)
  expect(chronicle.story.split('\n')[0]).toBe('  … 12 lines before')
  expect(chronicle.story).toMatch(/line 70$/)
})
