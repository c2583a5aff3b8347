import { expect, test } from 'vitest'
import { encode, messageId } from '../message/index.ts'
import { AddToCart, CheckOut } from '../shop/index.ts'
import { honoured, view } from './index.ts'

const sledge = AddToCart({ customer: 'ann', item: 'sledge' })

/** How a run ended in which she was answered so. */
function answered(isThanked: boolean) {
  const message = encode({ ...sledge, id: messageId('m-1'), headers: {} })
  const history = [{ kind: 'answered', client: 'laptop', message, isThanked }] as const
  return view({ entities: new Map(), deadLetters: [], history })
}

test('whoever is thanked for a message gets its effect', () => {
  const violation = honoured(answered(true), AddToCart, ({ item }) => item === 'porsche')
  expect(violation?.code).toBe('LOST_MESSAGE')
  expect(violation?.message).toContain('for which laptop was thanked')
  expect(honoured(answered(true), AddToCart, ({ item }) => item === 'sledge')).toBeUndefined()
})

test('nothing is owed to who was not thanked, nor for other messages', () => {
  expect(honoured(answered(false), AddToCart, () => false)).toBeUndefined()
  expect(honoured(answered(true), CheckOut, () => false)).toBeUndefined()
})
