import { expect, test } from 'vitest'
import { encode, messageId } from '../message/index.ts'
import { SubmitOrder } from '../shop/index.ts'
import { noGhosts, oneBody, sameContent, view } from './index.ts'

type Sent = readonly [id: string, orderId: string, ...items: readonly string[]]

/** How a run ended in which these orders were sent. */
function sent(...orders: readonly Sent[]) {
  const history = orders.map(([id, orderId, ...items]) => {
    const message = encode({ ...SubmitOrder({ orderId, items }), id: messageId(id), headers: {} })
    return { kind: 'published', to: { queue: 'orders' }, message } as const
  })
  return view({ entities: new Map(), deadLetters: [], history })
}

const aboutOrder = ({ orderId }: { readonly orderId: string }) => orderId

test('a message that announces what never was is a ghost', () => {
  const end = sent(['m-1', 'order-1', 'porsche'], ['m-2', 'order-2', 'porsche'])
  expect(noGhosts(end, SubmitOrder, () => true)).toBeUndefined()
  const violation = noGhosts(end, SubmitOrder, ({ orderId }) => orderId === 'order-1')
  expect(violation?.code).toBe('GHOST_MESSAGE')
  expect(violation?.message).toContain('order-2')
})

test('two messages with one id have one content', () => {
  const copies = sent(['m-1', 'order-1', 'porsche'], ['m-1', 'order-1', 'porsche'])
  expect(sameContent(copies)).toBeUndefined()
  const end = sent(['m-1', 'order-1', 'porsche'], ['m-1', 'order-1', 'porsche', 'sledge'])
  expect(sameContent(end)?.code).toBe('CONTENT_DIFFERS')
})

test('two messages about one thing say the same of it, whatever their ids', () => {
  const same = sent(['m-1', 'order-1', 'porsche'], ['m-2', 'order-1', 'porsche'])
  expect(oneBody(same, SubmitOrder, aboutOrder)).toBeUndefined()
  const others = sent(['m-1', 'order-1', 'porsche'], ['m-2', 'order-2', 'sledge'])
  expect(oneBody(others, SubmitOrder, aboutOrder)).toBeUndefined()
  const end = sent(['m-1', 'order-1', 'porsche'], ['m-2', 'order-1', 'porsche', 'sledge'])
  expect(oneBody(end, SubmitOrder, aboutOrder)?.code).toBe('CONTENT_DIFFERS')
})
