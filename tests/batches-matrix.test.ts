// What 20 promises, beyond the explorations of the exercise: copies and messages that meet, each
// with faults, in stores of both kinds. Content depends on the state (the number of the packing)
// and on the attempt (the slip). What is too large to be searched to its end is sampled.

import type { Verdict, View } from '@workshop/shared/check'
import { explore, type Specification } from '@workshop/shared/explore'
import type { Behaviour, Handler } from '@workshop/shared/pipeline'
import { OrderPlaced } from '@workshop/shared/shop'
import { expect, test } from 'vitest'
import { withAnswer } from './answers.ts'

type Laid = {
  readonly pack: Handler
  readonly unpacked: object
  readonly aDayLater: () => Behaviour
  readonly outbox: (field: string) => Behaviour
  readonly noGhost: (now: View) => Verdict
  readonly packedFor: (end: View, promised: object) => readonly Verdict[]
}

const files = ['packing.ts', 'a-day-later.ts', 'outbox.ts', 'promises.ts']
const items = ['gift-1']
const lifetimeMs = (_key: string, value: unknown) => (value as { ttlMs?: number } | null)?.ttlMs

type Row = {
  readonly messages: number
  readonly faults: NonNullable<Specification['faults']>
  readonly mode: 'lingers' | 'vanishes'
}

const exploreAnswer = (name: string, { messages, faults, mode }: Row): Promise<void> =>
  withAnswer({ number: '20', name }, async (load) => {
    const laid = {} as Laid
    for (const file of files) Object.assign(laid, await load<Partial<Laid>>(file))
    const behaviours = () => [laid.aDayLater(), laid.outbox('orderId')]
    await explore({
      endpoints: { warehouse: { handlers: [laid.pack], behaviours } },
      given: Array.from({ length: messages }, () =>
        OrderPlaced({ orderId: 'order-1', customer: 'ann' }),
      ),
      stored: { 'order-1': { ...laid.unpacked, items } },
      faults,
      store: { limits: { maxWrites: 2 }, expiry: { mode, lifetimeMs } },
      effort: { boundedSteps: 5000, searchSteps: 20_000, samples: 100, checks: 20 },
      always: (now) => [laid.noGhost(now)],
      finally: (end) => laid.packedFor(end, { items, messages }),
    })
  })

const rows: readonly (readonly [title: string, row: Omit<Row, 'mode'>])[] = [
  ['two copies and a crash', { messages: 1, faults: { duplicates: 1, crashes: 1 } }],
  [
    'two copies and a write that is unknown',
    { messages: 1, faults: { duplicates: 1, unknown: 1 } },
  ],
  ['two messages and a crash', { messages: 2, faults: { crashes: 1 } }],
  [
    'three copies and two faults',
    { messages: 1, faults: { duplicates: 2, crashes: 1, unknown: 1 } },
  ],
  ['two messages with two copies each', { messages: 2, faults: { duplicates: 2 } }],
]

for (const mode of ['lingers', 'vanishes'] as const) {
  const title = `an order is packed once for each message, with %s (${mode})`
  test.each(rows)(title, (_title, row) => exploreAnswer('solution', { ...row, mode }))
}

test('the matrix finds what needs two copies', async () => {
  const row = { messages: 1, faults: { duplicates: 1 }, mode: 'vanishes' } as const
  const wrong = exploreAnswer('staged-under-the-message', row)
  await expect(wrong).rejects.toMatchObject({ code: 'GHOST_MESSAGE' })
})
