// HTTP in a simulated world: what each fault does to a server that charges on every request, and
// to one that looks first.

import { expect, test } from 'vitest'
import { effectOnce, heardBy, oneAnswer, responses, told, type View } from '../check/index.ts'
import { post, put } from '../http/index.ts'
import { Unavailable } from '../world/index.ts'
import { explore, type Script } from './index.ts'
import {
  all,
  charge,
  charges,
  looksFirst,
  nothing,
  once,
  paying,
  pays,
  twice,
  untilAnswered,
} from './testing/paying.ts'

test('without faults a request is answered once, and its effect is there once', async () => {
  await expect(explore(paying(once))).resolves.toMatchObject(all)
  await expect(explore(paying(untilAnswered))).resolves.toMatchObject(all)
})

test('a lost response makes a client that tries again pay twice', async () => {
  const faults = { lostResponses: 1 }
  await expect(explore(paying(untilAnswered, { faults }))).rejects.toMatchObject(twice)
  await expect(explore(paying(looksFirst, { faults }))).resolves.toMatchObject(all)
})

test('a lost request has no effect, and its client does not know', async () => {
  const faults = { lostRequests: 1 }
  await expect(explore(paying(untilAnswered, { faults }))).resolves.toMatchObject(all)
  const lost = { code: 'NOTHING_HAPPENED' }
  await expect(explore(paying(once, { faults }))).rejects.toMatchObject(lost)
})

test('a delayed request arrives after its client has looked, and paid again', async () => {
  const faults = { delayedRequests: 1 }
  await expect(explore(paying(once, { faults }))).resolves.toMatchObject(all)
  await expect(explore(paying(looksFirst, { faults }))).rejects.toMatchObject(twice)
})

test('a delayed request arrives at any moment, also while its client goes on', async () => {
  const specification = paying(
    async ({ http }) => {
      await http.send(pays).catch(() => undefined)
      const get = { to: 'payments', method: 'GET', path: '/payments/porsche' }
      await http.send(get).catch(() => undefined)
    },
    {
      faults: { delayedRequests: 1 },
      goals: {
        'before she looks': (end) => told(end, 'ann', ['Unknown', 200]) === undefined,
        'after she has looked': (end) => told(end, 'ann', ['Unknown', 404]) === undefined,
      },
    },
  )
  await expect(explore(specification)).resolves.toMatchObject(all)
})

test('a copy of a request arrives long after its response', async () => {
  const faults = { copiedRequests: 1 }
  await expect(explore(paying(once, { faults }))).rejects.toMatchObject(twice)
  const late = paying(once, {
    faults,
    finally: () => [],
    goals: { 'paid twice': (end) => charges(end).length === 2 },
  })
  await expect(explore(late)).resolves.toMatchObject(all)
})

test('a server that dies between its save and its response is called again', async () => {
  const faults = { crashes: 1 }
  await expect(explore(paying(untilAnswered, { faults }))).rejects.toMatchObject(twice)
})

test('a refused connection is certainly no request: whoever calls again pays once', async () => {
  const careful: Script = async ({ http }) => {
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      try {
        await http.send(pays)
        return
      } catch (error) {
        if (error instanceof Unavailable) continue
        throw error
      }
    }
  }
  const faults = { refusedRequests: 1 }
  await expect(explore(paying(careful, { faults }))).resolves.toMatchObject(all)
})

test('check-then-act: two clients at once pay twice, without any fault', async () => {
  const looksThenActs = put('/payments/:order', async ({ params }, context) => {
    const name = params['order'] ?? ''
    const { value } = await context.store.load('account', nothing)
    if (!value.charges.includes(name)) await charge(context, name)
    return { status: 200 }
  })
  const puts: Script = async ({ http }) => {
    await http.send({ to: 'payments', method: 'PUT', path: '/payments/porsche' })
  }
  const specification = paying(puts, {
    servers: { payments: [looksThenActs] },
    clients: { ann: puts, ben: puts },
  })
  await expect(explore(specification)).rejects.toMatchObject(twice)
  await expect(explore({ ...specification, instances: 1 })).resolves.toMatchObject(all)
  await expect(explore({ ...specification, instances: 1, prefetch: 2 })).rejects.toMatchObject(
    twice,
  )
})

test('what a client hears of each fault is all that it can know', async () => {
  const heard = (end: View) => [told(end, 'ann', ['Unknown'])]
  for (const faults of [{ lostRequests: 1 }, { lostResponses: 1 }, { delayedRequests: 1 }]) {
    const goals = { unknown: (end: View) => heard(end)[0] === undefined }
    const specification = paying(once, { faults, finally: () => [], goals })
    await expect(explore(specification)).resolves.toMatchObject(all)
  }
  const sure = paying(once, {
    faults: { refusedRequests: 1 },
    finally: (end) => [told(end, 'ann', charges(end).length > 0 ? [201] : ['Unavailable'])],
  })
  await expect(explore(sure)).resolves.toMatchObject(all)
})

test('two answers to one request that differ are told apart', async () => {
  const counts = post('/payments', async (_request, context) => {
    await charge(context, 'porsche')
    const { value } = await context.store.load('account', nothing)
    return { status: 201, body: { charges: value.charges.length } }
  })
  const specification = paying(once, {
    servers: { payments: [counts] },
    finally: (end) => [oneAnswer(end, ({ id }) => id)],
  })
  await expect(explore(specification)).resolves.toMatchObject(all)
  const copied = { ...specification, faults: { copiedRequests: 1 } }
  await expect(explore(copied)).rejects.toMatchObject({ code: 'CONTENT_DIFFERS' })
})

test('nobody hears the response to a copy, also where it comes first', async () => {
  const names = post('/payments', async (_request, context) => {
    await charge(context, 'porsche')
    // Made of the name of the lane: the first arrival of the first request of ann.
    return { status: 201, body: context.ids.next() }
  })
  const heard = (end: View) =>
    heardBy(end, 'ann').map((one) => (typeof one === 'string' ? one : one.body))
  const specification = paying(once, {
    servers: { payments: [names] },
    faults: { copiedRequests: 1 },
    finally: (end) => [effectOnce(heard(end), 'ann:1#1.1')],
    goals: {
      'the copy is answered first': (end) =>
        responses(end)
          .map(({ response }) => response.body)
          .join() === 'ann:1#2.1,ann:1#1.1',
    },
  })
  await expect(explore(specification)).resolves.toMatchObject(all)
})
