// The tests of an exercise that nobody solves: HTTP servers on processes of their own, each fault
// of the network, and the two halves of an exchange that happens once. It is laid out as a test
// file where it is run, and does nothing where it stands.

import { effectOnce, heardBy, oneAnswer, responses, type View } from '@workshop/shared/check'
import { explore, type Script, type Specification } from '@workshop/shared/explore'
import { idempotent, intentHeaders, post, type RouteHandler } from '@workshop/shared/http'
import { handler } from '@workshop/shared/pipeline'
import { AddItem } from '@workshop/shared/shop'
import { describe, test } from 'vitest'

const nothing: readonly string[] = []

const book: RouteHandler = async ({ body }, { store, ids }) => {
  const { value, version } = await store.load('ann/account', nothing)
  await store.save('ann/account', [...value, String(body)], version)
  return { status: 201, body: ids.next() }
}
const servers = { payments: [post('/payments', book)] }
const pays = { to: 'payments', method: 'POST', path: '/payments', body: 'porsche' }

const once: Script = async ({ http }) => {
  await http.send(pays).catch(() => undefined)
}

/** A fault may be spent in the second performance only: one of them has to end like this. */
async function endsOnce(
  specification: Omit<Specification, 'finally'>,
  isSo: (end: View) => boolean,
): Promise<void> {
  const ends: View[] = []
  await explore({
    ...specification,
    finally: (end) => {
      ends.push(end)
      return []
    },
  })
  if (ends.some(isSo)) return
  const told = ends.map(({ history }) => history.map(({ kind }) => kind).join(', '))
  throw new Error(`expected such an end, got:\n${told.join('\n')}`)
}

const heard = (end: View, caller = 'ann'): string =>
  heardBy(end, caller)
    .map((one) => (typeof one === 'string' ? one : one.status))
    .join()
const booked = (end: View): number => end.entity('ann/account', nothing).length

describe('a request', () => {
  test.for([
    ['refusedRequests', 'Unavailable', 0],
    ['lostRequests', 'Unknown', 0],
    ['delayedRequests', 'Unknown', 1],
    ['lostResponses', 'Unknown', 1],
    ['copiedRequests', '201', 2],
  ] as const)('of %s ends for its caller with %s, and is answered %i times', ([fault, ...ends]) =>
    endsOnce({ servers, clients: { ann: once }, faults: { [fault]: 1 } }, (end) => {
      const [says, times] = ends
      return heard(end) === says && responses(end).length === times && booked(end) === times
    }),
  )
})

test('a handler calls a server, and what it calls is spoilt as well', () => {
  const call = handler(AddItem, async (_message, { http }) => {
    await http.send(pays)
  })
  return endsOnce(
    {
      servers,
      endpoints: { orders: [call] },
      given: [AddItem({ orderId: 'order-1', item: 'porsche' })],
      faults: { lostResponses: 1 },
    },
    (end) => heard(end, 'orders') === 'Unknown,201' && booked(end) === 2,
  )
})

const pay = post('/payments', idempotent({ caller: () => 'ann', partition: () => 'ann' }, book))

/** One intent, sent until it is answered. */
const intent =
  (order: string): Script =>
  async ({ http, clock, sleep }) => {
    const headers = intentHeaders({ key: order, firstSentMs: clock.nowMs() })
    for (;;) {
      const response = await http.send({ ...pays, headers, body: order }).catch(() => undefined)
      if (response?.status === 201) return
      await sleep(20)
    }
  }

test('whatever is killed and lost, an intent has one effect and one answer', () => {
  const orders = ['porsche', 'sledge', 'bell']
  return explore({
    servers: { payments: [pay] },
    clients: Object.fromEntries(orders.map((order) => [order, intent(order)])),
    faults: { crashes: 3, lostResponses: 1, delayedRequests: 1, copiedRequests: 1 },
    finally: (end) => [
      ...orders.map((order) => effectOnce(end.entity('ann/account', nothing), order)),
      oneAnswer(end, ({ request, response }) =>
        response.status === 201 ? request.headers['idempotency-key'] : undefined,
      ),
    ],
  })
})
