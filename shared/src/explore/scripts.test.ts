import { expect, test } from 'vitest'
import { honoured, published } from '../check/index.ts'
import { handler } from '../pipeline/index.ts'
import { AddToCart, CheckOut, SubmitOrder } from '../shop/index.ts'
import { explore, once, untilThanked } from './index.ts'

const order = { orderId: 'order-1', items: ['porsche'] }
const checkOut = handler(CheckOut, (_message, { send }) => send(SubmitOrder(order)))
const refuses = handler(AddToCart, () => Promise.reject(new Error('no gifts today')))
const addsSledge = once(AddToCart({ customer: 'ann', item: 'sledge' }))

test('who calls once takes a refusal for an answer, and goes on', async () => {
  const report = await explore({
    services: { shop: [refuses] },
    clients: { ann: addsSledge },
    finally: (end) => [honoured(end, AddToCart, () => false)],
    goals: {
      'she is told': ({ history }) =>
        history.some((event) => event.kind === 'answered' && !event.isThanked),
    },
  })
  expect(report?.coverage.kind).toBe('all')
})

test('what is sent to an endpoint without an instance waits, and nothing of it happens', () =>
  explore({
    services: { shop: [checkOut] },
    endpoints: { orders: [handler(SubmitOrder, () => Promise.reject(new Error('never run')))] },
    instances: { orders: 0 },
    clients: { ann: untilThanked(CheckOut({ customer: 'ann' })) },
    finally: (end) => [published(end, SubmitOrder, order)],
  }))
