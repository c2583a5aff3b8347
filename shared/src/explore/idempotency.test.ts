// The two halves of an exchange that happens once, against each other, under every fault of the
// network: routes that remember keys, and a client that remembers its intent.

import { expect, test } from 'vitest'
import { z } from 'zod'
import { effectOnce, effectTimes, oneAnswer, told, Violation, type View } from '../check/index.ts'
import {
  bodyOf,
  get,
  idempotent,
  type IdempotencyOptions,
  intentHeaders,
  post,
  type RouteHandler,
  type StoredIntent,
  stubbornClient,
} from '../http/index.ts'
import { command } from '../message/index.ts'
import { type Handler, handler } from '../pipeline/index.ts'
import { explore, type Faults, type Script, type Specification } from './index.ts'

const Pay = command('Pay', z.object({ order: z.string() }))
const Payment = z.object({ order: z.string() })
const nothing: readonly string[] = []
const hourMs = 3_600_000
const times = { windowMs: 24 * hourMs, toleranceMs: hourMs }

/** Ordinary code: it books whatever it is asked for. */
const book: RouteHandler = async (request, { store, ids }) => {
  const { order } = bodyOf(request, Payment)
  const { value, version } = await store.load('ann/account', nothing)
  await store.save('ann/account', [...value, order], version)
  return { status: 201, body: { id: ids.next() } }
}

const options: IdempotencyOptions = {
  caller: ({ headers }) => headers['authorization'] ?? 'nobody',
  partition: () => 'ann',
  ...times,
}

const pay = post('/payments', idempotent(options, book))
const looked = get('/payments/:order', async ({ params }, { store }) => {
  const { value } = await store.load('ann/account', nothing)
  return { status: value.includes(params['order'] ?? '') ? 200 : 404 }
})

const call = (order: string): StoredIntent['call'] => ({
  to: 'payments',
  method: 'POST',
  path: '/payments',
  body: { order },
})

/** Decides with its first message, and drives it until it is settled. */
const shop = (): Handler =>
  handler(Pay, async ({ body }, { store, http, clock, ids, sleep, random }) => {
    const client = stubbornClient({
      store,
      http,
      world: { clock, ids, sleep, random },
      ...times,
      maxSends: 3,
      reconcile: async () => {
        const path = `/payments/${body.order}`
        const response = await http.send({ to: 'payments', method: 'GET', path })
        return response.status === 200 ? response : undefined
      },
    })
    await client.decide(`intent-${body.order}`, call(body.order))
    await client.drive(`intent-${body.order}`)
  })

const booked = (end: View) => end.entity('ann/account', nothing)

const settled = (end: View, order: string) => {
  const { outcome } = end.entity<Partial<StoredIntent>>(`intent-${order}`, {})
  if (outcome?.kind === 'answered' && outcome.response.status === 201) return undefined
  return new Violation('LOST_MESSAGE', `expected an answer to ${order}, got none`)
}

const pair = (faults: Faults, more: Partial<Specification> = {}): Specification => ({
  endpoints: { shop: [shop()] },
  servers: { payments: [pay, looked] },
  given: [Pay({ order: 'porsche' })],
  faults,
  finally: (end) => [
    effectOnce(booked(end), 'porsche'),
    settled(end, 'porsche'),
    oneAnswer(end, ({ request, response }) =>
      response.status < 300 ? request.headers['idempotency-key'] : undefined,
    ),
  ],
  ...more,
})

const all = { coverage: { kind: 'all' } }

test.each<Faults>([
  { crashes: 1 },
  { lostResponses: 1, lostRequests: 1 },
  { delayedRequests: 1 },
  { copiedRequests: 1 },
  { refusedRequests: 1, lostResponses: 1 },
  { failedSaves: 1 },
  { unknown: 1 },
])('one intent has one effect, and one answer, which is stored: %o', async (faults) => {
  await expect(explore(pair(faults))).resolves.toMatchObject(all)
})

test('two copies of the message that decides are one intent', async () => {
  const specification = pair({ duplicates: 1 }, { instances: { shop: 2, payments: 1 } })
  await expect(explore(specification)).resolves.toMatchObject(all)
})

test('two intents with the same content are two', async () => {
  const specification = pair(
    { lostResponses: 1 },
    {
      given: [Pay({ order: 'porsche' }), Pay({ order: 'sledge' })],
      instances: 1,
      finally: (end) => [effectOnce(booked(end), 'porsche'), effectOnce(booked(end), 'sledge')],
    },
  )
  await expect(explore(specification)).resolves.toMatchObject(all)
})

test('a route that remembers nothing is found out by the same client', async () => {
  const naive = pair({ lostResponses: 1 }, { servers: { payments: [post('/payments', book)] } })
  await expect(explore(naive)).rejects.toMatchObject({ code: 'DUPLICATE_EFFECT' })
})

/** One request at the time 0, whoever else is there. */
const sends =
  (headers: Readonly<Record<string, string>>, body: unknown = { order: 'porsche' }): Script =>
  async ({ http }) => {
    const at = { to: 'payments', method: 'POST', path: '/payments' }
    await http.send({ ...at, headers, body }).catch(() => undefined)
  }

const intent = (key: string, firstSentMs = 0) => intentHeaders({ key, firstSentMs })

const forgets = {
  expiry: {
    mode: 'vanishes',
    lifetimeMs: (key: string) => (key.includes('/idempotency/') ? 26 * hourMs : undefined),
  },
} as const

test('a copy that arrives when the key is forgotten has no effect, whoever pauses', async () => {
  const specification: Specification = {
    servers: { payments: [pay] },
    clients: { ann: sends(intent('k-1')) },
    store: forgets,
    faults: { copiedRequests: 1 },
    time: 'adversarial',
    finally: (end) => [effectOnce(booked(end), 'porsche')],
  }
  await expect(explore(specification)).resolves.toMatchObject(all)
  const longer = { ...options, windowMs: 30 * hourMs }
  const servers = { payments: [post('/payments', idempotent(longer, book))] }
  const twice = { code: 'DUPLICATE_EFFECT' }
  await expect(explore({ ...specification, servers })).rejects.toMatchObject(twice)
})

test('what is wrong is refused, and has no effect', async () => {
  const cases: readonly [number, Script][] = [
    [400, sends({})],
    [400, sends({ ...intent('k'), 'idempotency-key': 'k' })],
    [400, sends({ 'idempotency-key': '"k"' })],
    [400, sends(intent('k'), { order: 1 })],
    [412, sends(intent('k', -24 * hourMs))],
    [412, sends(intent('k', 2 * hourMs))],
  ]
  for (const [status, ann] of cases) {
    const specification: Specification = {
      servers: { payments: [pay] },
      clients: { ann },
      finally: (end) => [told(end, 'ann', [status]), effectTimes(booked(end), 'porsche', 0)],
    }
    await expect(explore(specification), String(status)).resolves.toMatchObject(all)
  }
})

test('another request under the same key is refused, the key of another caller is another', async () => {
  const specification: Specification = {
    servers: { payments: [pay] },
    clients: {
      ann: async (client) => {
        await sends({ ...intent('k'), authorization: 'ann' })(client)
        await sends({ ...intent('k'), authorization: 'ann' }, { order: 'sledge' })(client)
        await sends({ ...intent('k'), authorization: 'ben' }, { order: 'candle' })(client)
        await sends({ ...intent('k'), authorization: 'ann' })(client)
      },
    },
    finally: (end) => [
      told(end, 'ann', [201, 422, 201, 201]),
      effectOnce(booked(end), 'porsche'),
      effectOnce(booked(end), 'candle'),
    ],
  }
  await expect(explore(specification)).resolves.toMatchObject(all)
})

test('a failure is not kept: the next request under the key may succeed', async () => {
  const moody: RouteHandler = async (request, context) => {
    const response = await book(request, context)
    return context.coin('moody') ? { status: 503 } : response
  }
  const specification: Specification = {
    servers: { payments: [post('/payments', idempotent(options, moody))] },
    clients: {
      ann: async (client) => {
        for (let attempt = 0; attempt < 2; attempt += 1) await sends(intent('k'))(client)
      },
    },
    finally: (end) => [effectOnce(booked(end), 'porsche')],
    goals: { 'failed first': (end) => told(end, 'ann', [503, 201]) === undefined },
  }
  await expect(explore(specification)).resolves.toMatchObject(all)
})

test('what was refused by the route itself is kept, although it has saved nothing', async () => {
  const limited: RouteHandler = async (request, context) => {
    const { value } = await context.store.load('ann/account', nothing)
    return value.length > 0 ? { status: 402, body: value.length } : book(request, context)
  }
  const specification: Specification = {
    servers: { payments: [post('/payments', idempotent(options, limited))] },
    clients: {
      ann: async (client) => {
        await sends(intent('k-1'))(client)
        await sends(intent('k-2'), { order: 'sledge' })(client)
      },
    },
    finally: (end) => [
      told(end, 'ann', [201, 402]),
      effectTimes(
        end.entities('ann/idempotency/').map(() => 'key'),
        'key',
        2,
      ),
    ],
  }
  await expect(explore(specification)).resolves.toMatchObject(all)
})

test('keys are forgotten when nobody may ask for them any more', async () => {
  const specification: Specification = {
    servers: { payments: [pay] },
    clients: {
      ann: async (client) => {
        await sends(intent('k-1'))(client)
        await sends(intent('k-2'), { order: 'sledge' })(client)
        await client.sleep(27 * hourMs)
        await sends(intent('k-3', 27 * hourMs), { order: 'candle' })(client)
      },
    },
    finally: (end) => [
      told(end, 'ann', [201, 201, 201]),
      effectTimes(
        end.entities('ann/idempotency/').map(() => 'key'),
        'key',
        1,
      ),
    ],
  }
  await expect(explore(specification)).resolves.toMatchObject(all)
})
