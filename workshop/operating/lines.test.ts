// What an operator reads, as somebody has looked at it: at 80 and at 60 columns.
// `vitest run workshop/operating -u` writes it again; then read it.

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ago, inspectLines } from './inspect-lines.ts'
import type { DeadLetter, InspectedQueue, Inspection } from './inspection.ts'
import { replayLines, type ReplayResult } from './replay-lines.ts'

const golden = (name: string): string => join(import.meta.dirname, 'golden', `${name}.txt`)

const letter: DeadLetter = {
  id: 'order-17-click-2',
  type: 'AddItem',
  reason:
    'InvalidBody: AddItem: expected a string at item, got a number. Send what the schema says, ' +
    'or mend the schema',
  attempts: 1,
  ageMs: 12_345,
}
const hostile: DeadLetter = {
  id: `\u001b[31m${'x'.repeat(300)}`,
  type: 'Paint\u0007\nItem',
  reason: null,
  attempts: null,
  ageMs: null,
}
const tired: DeadLetter = {
  ...letter,
  id: 'c0ffee',
  reason: `Error: ${'no'.repeat(60)}`,
  attempts: 5,
  ageMs: 1e8,
}

const orders: InspectedQueue = {
  name: 'orders',
  waiting: 1204,
  delayed: 2,
  inFlight: 10,
  deadLetters: 25,
  letters: [letter, hostile, tired],
}
const none = { waiting: 0, delayed: null, inFlight: null, deadLetters: 0, letters: [] }

const inspections: Readonly<Record<string, Inspection>> = {
  full: {
    broker: '/srv/northern-gifts/broker.sqlite',
    queues: [orders, { ...none, name: 'the-elves-who-wrap-the-gifts-of-the-north' }],
    outbox: {
      records: 1000,
      isMore: true,
      messages: 1400,
      oldestMs: 200_000,
      endpoints: { orders: 900, warehouse: 100 },
    },
  },
  clear: {
    broker: 'RabbitMQ at 127.0.0.1:5672',
    queues: [{ ...none, name: 'orders', waiting: 3 }],
    outbox: { records: 0, isMore: false, messages: 0, oldestMs: 0, endpoints: {} },
  },
  empty: { broker: 'broker.sqlite', queues: [], outbox: null },
}

const replay: ReplayResult = {
  queue: 'orders',
  replayed: [],
  refused: [],
  missing: [],
  unseen: 0,
  dryRun: false,
  left: 0,
}
const many = Array.from({ length: 23 }, (_, index) => `order-${index + 1}`)
const replays: Readonly<Record<string, ReplayResult>> = {
  all: { ...replay, replayed: ['order-1', 'order-2'] },
  many: { ...replay, replayed: many, left: 1 },
  dry: { ...replay, replayed: ['order-1'], dryRun: true, left: 4 },
  nothing: replay,
  some: {
    ...replay,
    replayed: ['order-1'],
    refused: [
      { id: 'order-2', reason: 'TypeError: expected a message id of 1 to 255 bytes, got 0' },
    ],
    missing: ['order-3'],
    left: 7,
  },
  unseen: { ...replay, missing: ['order-1700'], unseen: 4000, left: 5000 },
}

describe.each([80, 60])('at %i columns', (columns) => {
  const screens: readonly (readonly [string, readonly string[]])[] = [
    ...Object.entries(inspections).map(
      ([name, one]) => [`inspect-${name}`, inspectLines(one, { columns })] as const,
    ),
    ...Object.entries(replays).map(
      ([name, one]) => [`replay-${name}`, replayLines(one, { columns })] as const,
    ),
  ]

  test.each(screens)('%s is shown as it was looked at', async (name, lines) => {
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(golden(`${name}-${columns}`))
  })

  test.each(screens)(
    '%s keeps to its columns, and what is foreign moves no cursor',
    (_name, lines) => {
      for (const line of lines) {
        expect(line.length, line).toBeLessThanOrEqual(columns)
        expect(line).not.toMatch(/\s$|\p{Cc}/u)
      }
    },
  )
})

test.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [3_599_999, '59 min'],
  [12_000_000, '3 h 20 min'],
  [172_800_000, '2 days'],
])('%i ms are %s', (ms, text) => {
  expect(ago(ms)).toBe(text)
})
