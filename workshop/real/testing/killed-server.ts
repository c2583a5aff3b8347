// The test of an exercise that nobody solves: payments under load, by callers that do not give up,
// to a server that is killed twenty times. It is laid out as a test file where it is run, and does
// nothing where it stands.

import { effectOnce, oneAnswer } from '@workshop/shared/check'
import { explore, type Script } from '@workshop/shared/explore'
import { idempotent, intentHeaders, post, type RouteHandler } from '@workshop/shared/http'
import { test } from 'vitest'

const nothing: readonly string[] = []
const orders = Array.from({ length: 40 }, (_, number) => `order-${number + 1}`)

const book: RouteHandler = async ({ body }, { store, ids }) => {
  const { value, version } = await store.load('ann/account', nothing)
  await store.save('ann/account', [...value, String(body)], version)
  return { status: 201, body: ids.next() }
}
const pay = post('/payments', idempotent({ caller: () => 'ann', partition: () => 'ann' }, book))

/** One intent, sent until it is answered. */
const intent =
  (order: string): Script =>
  async ({ http, clock, sleep }) => {
    const headers = intentHeaders({ key: order, firstSentMs: clock.nowMs() })
    const call = { to: 'payments', method: 'POST', path: '/payments', headers, body: order }
    for (;;) {
      const response = await http.send(call).catch(() => undefined)
      if (response?.status === 201) return
      await sleep(20)
    }
  }

test('an intent has one effect and one answer, and none is stuck', () =>
  explore({
    servers: { payments: [pay] },
    clients: Object.fromEntries(orders.map((order) => [order, intent(order)])),
    faults: { crashes: 20 },
    finally: (end) => [
      ...orders.map((order) => effectOnce(end.entity('ann/account', nothing), order)),
      oneAnswer(end, ({ request, response }) =>
        response.status === 201 ? request.headers['idempotency-key'] : undefined,
      ),
    ],
  }))
