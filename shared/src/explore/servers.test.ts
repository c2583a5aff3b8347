// Servers in a simulated world: who calls them, what they remember, and how it is drawn.

import { expect, test } from 'vitest'
import { z } from 'zod'
import { told } from '../check/index.ts'
import { post } from '../http/index.ts'
import { command } from '../message/index.ts'
import { handler } from '../pipeline/index.ts'
import { absent } from '../store/index.ts'
import { explore } from './index.ts'
import {
  all,
  charge,
  charges,
  naive,
  nothing,
  once,
  order,
  paying,
  pays,
  twice,
  untilAnswered,
} from './testing/paying.ts'

const Pay = command('Pay', z.object({ order: z.string() }))

test('a handler calls a server, and its redelivery after a crash calls it again', async () => {
  const endpoints = {
    orders: [
      handler(Pay, async ({ body }, { http }) => {
        await http.send({ ...pays, body })
      }),
    ],
  }
  const given = [Pay({ order: 'porsche' })]
  const specification = paying(once, { endpoints, given, clients: {} })
  await expect(explore(specification)).resolves.toMatchObject(all)
  const faults = { crashes: 1 }
  await expect(explore({ ...specification, faults })).rejects.toMatchObject(twice)
})

test('a route calls another server, and its clients are told only what it tells', async () => {
  const shop = post('/orders', async ({ body }, { http }) => {
    const { status } = await http.send({ ...pays, body })
    return { status }
  })
  const specification = paying(
    async ({ http }) => {
      await http.send({ to: 'shop', method: 'POST', path: '/orders', body: { order: 'porsche' } })
    },
    {
      servers: { shop: [shop], payments: [naive] },
      faults: { lostResponses: 1, refusedRequests: 1 },
      finally: () => [],
      clients: {
        ann: async ({ http }) => {
          await http
            .send({ to: 'shop', method: 'POST', path: '/orders', body: { order: 'porsche' } })
            .catch(() => undefined)
        },
      },
      goals: {
        'told of a failure': (end) => told(end, 'ann', [500]) === undefined,
        'told to try again': (end) => told(end, 'ann', [503]) === undefined,
        'paid, and not told': (end) =>
          charges(end).length === 1 && told(end, 'ann', ['Unknown']) === undefined,
      },
    },
  )
  await expect(explore(specification)).resolves.toMatchObject(all)
})

test('a route that does not wait for its save is found out', async () => {
  const hasty = post('/payments', async (_request, { store }) => {
    void store.save('account', nothing, absent)
    return { status: 201 }
  })
  const specification = paying(once, { servers: { payments: [hasty] }, finally: () => [] })
  await expect(explore(specification)).rejects.toMatchObject({ code: 'NOT_AWAITED' })
})

test('a route that does not wait for a call is found out', async () => {
  const hasty = post('/orders', async ({ body }, { http }) => {
    void http.send({ ...pays, body }).catch(() => undefined)
    return { status: 201 }
  })
  const specification = paying(
    async ({ http }) => {
      await http.send({ to: 'shop', method: 'POST', path: '/orders', body: { order: 'porsche' } })
    },
    { servers: { shop: [hasty], payments: [naive] }, finally: () => [] },
  )
  await expect(explore(specification)).rejects.toMatchObject({ code: 'NOT_AWAITED' })
})

test('a route that meets a conflict runs again, and its client hears nothing of it', async () => {
  const specification = paying(once, {
    clients: { ann: once, ben: once },
    finally: (end) => [told(end, 'ann', [201]), told(end, 'ben', [201])],
  })
  await expect(explore(specification)).resolves.toMatchObject(all)
})

test('a server that remembers in memory forgets with a crash', async () => {
  const remembering = () => {
    const seen = new Set<string>()
    return [
      post('/payments', async ({ body }, context) => {
        const { order: name } = order.parse(body)
        if (!seen.has(name)) await charge(context, name)
        seen.add(name)
        return { status: 201 }
      }),
    ]
  }
  const one = { servers: { payments: remembering }, instances: 1 }
  const lost = { ...one, faults: { lostResponses: 1 } }
  await expect(explore(paying(untilAnswered, lost))).resolves.toMatchObject(all)
  const crashed = { ...one, faults: { crashes: 1 } }
  await expect(explore(paying(untilAnswered, crashed))).rejects.toMatchObject(twice)
})

test('the picture shows requests, responses, what was lost, and copies', async () => {
  const violation = await explore(paying(untilAnswered, { faults: { lostResponses: 1 } })).catch(
    (error: Error) => error.message,
  )
  expect(violation).toMatchInlineSnapshot(`
    "DUPLICATE_EFFECT: expected "porsche" once, got it 2 times

          ann            payments-1          store
         (client)         (process)
       2   │─POST /payments──>│                │
       3   │                  │─load account──>│ nothing
       4   │                  │─save account──>│ [porsche]
      !5   │        x───201───│ lost           │
      !6   │ "Unknown: expected a response of payments, it was lost"
       8   │─POST /payments──>│                │
       9   │                  │─load account──>│ [porsche]
      10   │                  │─save account──>│ [porsche, porsche]
      11   │<───────201───────│                │
      ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓
      ┃ DUPLICATE_EFFECT: expected "porsche" once, got it 2 times                ┃
      ┗━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛"
  `)
})
