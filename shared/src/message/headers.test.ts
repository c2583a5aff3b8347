import { expect, test } from 'vitest'
import { causalHeaders } from './index.ts'

test('a conversation keeps its id over three hops, and each message names its cause', () => {
  const first = { id: 'a', headers: causalHeaders('a') }
  const second = { id: 'b', headers: causalHeaders('b', first) }
  const third = { id: 'c', headers: causalHeaders('c', second) }
  expect(first.headers).toEqual({ correlationId: 'a', conversationId: 'a' })
  expect(second.headers).toEqual({ correlationId: 'a', conversationId: 'a', causationId: 'a' })
  expect(third.headers).toEqual({ correlationId: 'a', conversationId: 'a', causationId: 'b' })
})

test('a correlation of the sender is carried on', () => {
  const first = { id: 'a', headers: { ...causalHeaders('a'), correlationId: 'checkout-7' } }
  expect(causalHeaders('b', first)['correlationId']).toBe('checkout-7')
})
