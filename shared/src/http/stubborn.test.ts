// What the client does between two tries, and when it gives up sending: no network, no real time.

import { expect, test } from 'vitest'
import { absent, Conflict, type Store, type Version } from '../store/index.ts'
import { type Http, type HttpCall, ManualWorld, Unknown } from '../world/index.ts'
import { type StubbornOptions, stubbornClient } from './index.ts'

type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>> }

type Entry = { readonly value: unknown; readonly version: Version }

/** A store of one entry. `meanwhile` may put another one there, right before a save. */
function memory(meanwhile: (entry: Entry | undefined) => Entry | undefined = (one) => one): Store {
  let entry: Entry | undefined
  return {
    load: async (_key: string, whenAbsent: unknown) =>
      entry ?? { value: whenAbsent, version: absent },
    save: async (key: string, value: unknown, expected: Version) => {
      entry = meanwhile(entry)
      if ((entry?.version ?? absent) !== expected) throw new Conflict(key)
      entry = { value, version: ((entry?.version ?? absent) + 1) as Version }
      return entry.version
    },
  } as unknown as Store
}

const pay = { to: 'payments', method: 'POST', path: '/payments', body: { order: 'porsche' } }

/** A client whose server gives these answers, in order, and then the last one again and again. */
function fixture(
  answers: readonly (Answer | 'lost')[],
  options: Partial<StubbornOptions> & { readonly fraction?: number; readonly start?: number } = {},
) {
  const sent: HttpCall[] = []
  const pauses: number[] = []
  let nowMs = options.start ?? 0
  const http: Http = {
    send: async (call) => {
      const answer = answers[Math.min(sent.length, answers.length - 1)] ?? 'lost'
      sent.push(call)
      if (answer === 'lost') throw new Unknown('lost')
      return { headers: {}, ...answer }
    },
  }
  const client = stubbornClient({
    store: memory(),
    http,
    world: {
      ids: new ManualWorld().ids,
      clock: { nowMs: () => nowMs },
      sleep: async (ms) => {
        pauses.push(ms)
        nowMs += ms
      },
      random: () => options.fraction ?? 0.5,
    },
    reconcile: async () => undefined,
    ...options,
  })
  const drive = async () => {
    await client.decide('intent', pay)
    return client.drive('intent')
  }
  return { client, drive, sent, pauses, advance: (ms: number) => (nowMs += ms) }
}

const paid = { status: 201 }

test('every try sends the same key and the same date, also in another run', async () => {
  const { drive, sent, advance } = fixture(['lost', 'lost', 'lost', paid], { maxSends: 2 })
  await expect(drive()).rejects.toMatchObject({ name: 'Unknown' })
  advance(60_000)
  await expect(drive()).resolves.toMatchObject({ kind: 'answered', response: paid })
  const headers = new Set(sent.map((call) => JSON.stringify(call.headers)))
  expect([sent.length, headers.size]).toEqual([4, 1])
})

test('what was answered is not sent again', async () => {
  const { drive, sent } = fixture([paid])
  await drive()
  await drive()
  expect(sent).toHaveLength(1)
})

test('a refusal is an answer', async () => {
  const { drive, sent } = fixture([{ status: 402 }])
  await expect(drive()).resolves.toMatchObject({ response: { status: 402 } })
  expect(sent).toHaveLength(1)
})

test.each([408, 409, 425, 429, 500, 502, 503])(
  'after %i the same is sent again',
  async (status) => {
    const { drive, sent } = fixture([{ status }, paid])
    await expect(drive()).resolves.toMatchObject({ response: paid })
    expect(sent).toHaveLength(2)
  },
)

test('pauses double up to a bound, and are anything between nothing and that', async () => {
  const lost = Array.from({ length: 6 }, () => 'lost' as const)
  const options = { pauseMs: 100, maxPauseMs: 1000, maxSends: 7 }
  for (const fraction of [0, 0.5, 0.999]) {
    const { drive, pauses } = fixture([...lost, paid], { ...options, fraction })
    await drive()
    const bounds = [100, 200, 400, 800, 1000, 1000]
    expect(pauses).toEqual(bounds.map((bound) => Math.floor(bound * fraction)))
  }
})

test('the time that the server asks for comes before the pause', async () => {
  const busy = { status: 503, headers: { 'retry-after': '7' } }
  const { drive, pauses } = fixture([busy, paid], { pauseMs: 100 })
  await drive()
  expect(pauses).toEqual([7050])
})

test('a time that is no number of seconds is as good as none', async () => {
  const busy = { status: 503, headers: { 'retry-after': 'tomorrow' } }
  const { drive, pauses } = fixture([busy, paid], { pauseMs: 100 })
  await drive()
  expect(pauses).toEqual([50])
})

const window = { windowMs: 10_000, toleranceMs: 1000 }

test('nothing is sent in the last moments of the window, nor after it', async () => {
  const { client, sent, advance } = fixture([paid], window)
  await client.decide('intent', pay)
  advance(9000)
  await expect(client.drive('intent')).rejects.toMatchObject({ name: 'Unknown' })
  advance(1999)
  await expect(client.drive('intent')).rejects.toMatchObject({ name: 'Unknown' })
  expect(sent).toHaveLength(0)
})

test('once nothing on its way can be accepted any more, it looks what became of it', async () => {
  for (const found of [{ status: 200, headers: {} }, undefined]) {
    const { client, sent, advance } = fixture(['lost'], {
      ...window,
      maxSends: 1,
      reconcile: async () => found,
    })
    await client.decide('intent', pay)
    await expect(client.drive('intent')).rejects.toMatchObject({ name: 'Unknown' })
    advance(11_000)
    const outcome = found ? { kind: 'answered', response: found } : { kind: 'expired' }
    await expect(client.drive('intent')).resolves.toEqual(outcome)
    expect(sent).toHaveLength(1)
  }
})

test('412 is no answer: the same request may still be accepted later', async () => {
  const { drive, sent } = fixture([{ status: 412 }], {
    ...window,
    reconcile: async () => undefined,
  })
  await expect(drive()).rejects.toMatchObject({ name: 'Unknown' })
  expect(sent).toHaveLength(1)
})

test('what was never decided cannot be driven', async () => {
  await expect(fixture([paid]).client.drive('intent')).rejects.toThrow('Decide it first')
})

test('where somebody else has decided at the same moment, that is what counts', async () => {
  const theirs = { key: 'theirs', firstSentMs: 0, call: pay }
  const store = memory((entry) => entry ?? { value: theirs, version: 1 as Version })
  const { drive, sent } = fixture([paid], { store })
  await drive()
  expect(sent[0]?.headers).toMatchObject({ 'idempotency-key': '"theirs"' })
})

test('where somebody else has stored the outcome at the same moment, that is what counts', async () => {
  const outcome = { kind: 'answered', response: { status: 201, headers: {}, body: 'theirs' } }
  const store = memory((entry) => {
    const isDriven = entry !== undefined && !('outcome' in (entry.value as object))
    if (!isDriven) return entry
    return { value: { ...(entry.value as object), outcome }, version: 9 as Version }
  })
  await expect(fixture([paid], { store }).drive()).resolves.toEqual(outcome)
})
