import { effectTimes, oneAnswer, told, type View } from '@workshop/shared/check'
import { explore } from '@workshop/shared/explore'
import { test } from 'vitest'
import { noPayments, windowMs } from './booking.ts'
import { payment, sends } from './clients.ts'
import { pay } from './payments.ts'

const servers = { payments: [pay] }
const bookedByAnn = (end: View): readonly string[] => end.entity('pay/ann', noPayments).booked

const sledge = { order: 'sledge', amount: 100 }

test('another payment under the same key is refused, the same one in another order is not', () =>
  explore({
    servers,
    clients: {
      ann: sends(
        payment('ann'),
        payment('ann', { body: { order: 'sledge', amount: 20 } }),
        payment('ann', { body: { amount: 60, order: 'porsche' } }),
      ),
    },
    finally: (end) => [
      told(end, 'ann', [201, 422, 201]),
      effectTimes(bookedByAnn(end), 'porsche', 1),
      effectTimes(bookedByAnn(end), 'sledge', 0),
    ],
  }))

test('two keys are two payments, and what was declined stays declined', () =>
  explore({
    servers,
    clients: {
      ann: sends(
        payment('ann'),
        payment('ann', { key: 'k-2', body: sledge }),
        payment('ann', { key: 'k-3' }),
        payment('ann', { key: 'k-2', body: sledge }),
      ),
    },
    finally: (end) => [
      told(end, 'ann', [201, 402, 201, 402]),
      effectTimes(bookedByAnn(end), 'porsche', 2),
      oneAnswer(end, ({ request }) => request.headers['idempotency-key']),
    ],
  }))

test('what is wrong with a request is said, and nothing is booked', () =>
  explore({
    servers,
    clients: {
      ann: sends(
        payment('ann', { change: ({ 'idempotency-key': _, ...others }) => others }),
        payment('ann', { change: (headers) => ({ ...headers, 'idempotency-key': 'k-1' }) }),
        payment('ann', { change: ({ authorization: _, ...others }) => others }),
        payment('ann', { body: { order: 'porsche', amount: -60 } }),
        payment('ann', { body: 'x'.repeat(70_000) }),
        payment('ann', { clockMs: -windowMs }),
        payment('ann', { clockMs: windowMs }),
      ),
    },
    finally: (end) => [
      told(end, 'ann', [400, 400, 401, 400, 413, 412, 412]),
      effectTimes(bookedByAnn(end), 'porsche', 0),
    ],
  }))
