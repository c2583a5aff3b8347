import { expect, test } from 'vitest'
import { encode, messageId } from '../message/index.ts'
import { AddToCart, SubmitOrder } from '../shop/index.ts'
import { neverBoth, noGhosts, oneBody, publishedFor, sameContent, view } from './index.ts'

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

test('two facts that exclude each other are told of different things only', () => {
  const [one, other] = [sent(['m-1', 'order-1', 'porsche']), sent(['m-2', 'order-2', 'porsche'])]
  const accepted = one.history.concat(other.history)
  const refused = encode({
    ...AddToCart({ customer: 'order-2', item: 'porsche' }),
    id: messageId('m-3'),
    headers: {},
  })
  const history = [
    ...accepted,
    { kind: 'published', to: { event: 'AddToCart' }, message: refused } as const,
  ]
  const end = view({ entities: new Map(), deadLetters: [], history })
  const thing = (body: { orderId: string } | { customer: string }) =>
    'orderId' in body ? body.orderId : body.customer
  expect(neverBoth(one, [SubmitOrder, AddToCart], thing)).toBeUndefined()
  const violation = neverBoth(end, [SubmitOrder, AddToCart], thing)
  expect(violation?.code).toBe('ALTERNATIVE_WORLDS')
  expect(violation?.about).toContain('order-2')
})

test('a message is published for its own cause, whatever others say the same', () => {
  const of = (cause: string) =>
    ({
      kind: 'published',
      to: { queue: 'orders' },
      message: encode({
        ...SubmitOrder({ orderId: 'order-1', items: [] }),
        id: messageId(`after ${cause}`),
        headers: { causationId: cause },
      }),
    }) as const
  const end = view({ entities: new Map(), deadLetters: [], history: [of('click-1')] })
  expect(publishedFor(end, SubmitOrder, 'click-1')).toBeUndefined()
  expect(publishedFor(end, SubmitOrder, 'click-2')?.code).toBe('LOST_MESSAGE')
  expect(publishedFor(end, AddToCart, 'click-1')?.code).toBe('LOST_MESSAGE')
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
