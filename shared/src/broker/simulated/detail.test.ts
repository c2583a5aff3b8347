// A trace tells of each step what a picture needs: which message, which copy of it, what went
// wrong, and what came of it.

import { expect, test } from 'vitest'
import { exploreSystem, type Faults, linesOf, type Trace } from '../../simulation/index.ts'
import type { Broker, Outcome } from '../broker.ts'
import { ack, aMessage, deadLetter, retry } from '../contract/parts.ts'
import type { BrokerDetail } from './detail.ts'
import { SimulatedBroker } from './simulated-broker.ts'

const orders = { queue: 'orders' }
const shown = (id: string) => ({ id, type: 'OrderPlaced', text: `the body of ${id}` })

type Scene = {
  readonly given?: readonly string[]
  readonly faults?: Faults
  readonly decide?: (attempt: number) => Outcome
  readonly client?: (broker: Broker) => Promise<unknown>
}

/** The simplest schedule that spends all faults. */
async function traceOf({ given = [], faults = {}, decide, client }: Scene): Promise<Trace> {
  const { counterexample } = await exploreSystem({
    faults,
    system: (simulation) => {
      const broker = new SimulatedBroker(simulation)
      broker.declare({
        queues: [{ name: 'orders' }, { name: 'billing' }],
        bindings: [
          { event: 'OrderPlaced', queue: 'orders' },
          { event: 'OrderPlaced', queue: 'billing' },
        ],
      })
      for (const id of given) broker.enqueue(orders, aMessage(id))
      simulation.process({
        name: 'somebody',
        start: (process) => {
          const own = broker.open(process)
          const handle = async ({ attempt }: { attempt: number }) => decide?.(attempt) ?? ack
          if (given.length > 0) void own.consume(orders.queue, handle, { prefetch: 1 })
          void client?.(own).catch(() => undefined)
        },
      })
      const finding = { code: 'SPENT', sentence: 'all faults happened' }
      return { atEnd: () => (simulation.budget.left === 0 ? finding : undefined) }
    },
  })
  if (!counterexample) throw new Error('expected a schedule that spends all faults, got none')
  return counterexample.trace
}

const detailsOf = async (scene: Scene): Promise<readonly BrokerDetail[]> =>
  (await traceOf(scene)).steps.flatMap(({ detail }) =>
    detail === undefined ? [] : [detail as BrokerDetail],
  )

/** What tells one step from another. */
const inShort = (detail: BrokerDetail): readonly unknown[] => {
  switch (detail.step) {
    case 'publish':
      return [detail.step, detail.fault, detail.isStored]
    case 'receive':
      return [detail.message.id, detail.attempt, detail.copy, detail.fault]
    case 'settle':
      return [detail.message.id, detail.attempt, detail.outcome.kind, detail.became]
    case 'late copy':
      return [detail.message.id, detail.step]
    case 'lease expires':
      return [detail.message.id, detail.attempt, detail.step, detail.lane]
  }
}

const inShortOf = async (scene: Scene) => (await detailsOf(scene)).map(inShort)

test('a delivery is told whole', async () => {
  expect(await detailsOf({ given: ['a'] })).toEqual([
    {
      step: 'receive',
      message: shown('a'),
      queue: 'orders',
      attempt: 1,
      copy: 'original',
      fault: undefined,
    },
    {
      step: 'settle',
      message: shown('a'),
      queue: 'orders',
      attempt: 1,
      outcome: ack,
      became: 'acked',
    },
  ])
})

test('a publish is told whole', async () => {
  const to = { event: 'OrderPlaced' }
  const client = (broker: Broker) => broker.publish(to, aMessage('x'), { delayMs: 20 })
  expect(await detailsOf({ client })).toEqual([
    {
      step: 'publish',
      message: shown('x'),
      to,
      queues: ['orders', 'billing'],
      delayMs: 20,
      isStored: true,
      fault: undefined,
    },
  ])
})

test('a publish that failed says whether the message is stored all the same', async () => {
  const client = (broker: Broker) => broker.publish(orders, aMessage('x'))
  expect(await inShortOf({ client, faults: { refused: 1 } })).toEqual([
    ['publish', 'refused', false],
  ])
  expect(await inShortOf({ client, faults: { unknown: 1 } })).toEqual([
    ['publish', 'unknown', true],
  ])
})

test('a copy says which one it is', async () => {
  const given = ['a']
  expect(await inShortOf({ given, faults: { duplicates: 1 } })).toEqual([
    ['a', 1, 'original', 'duplicates'],
    ['a', 1, 'ack', 'acked'],
    ['a', 1, 'duplicate', undefined],
    ['a', 1, 'ack', 'acked'],
  ])
  expect(await inShortOf({ given, faults: { lateCopies: 1 } })).toEqual([
    ['a', 1, 'original', undefined],
    ['a', 1, 'ack', 'acked'],
    ['a', 'late copy'],
    ['a', 1, 'late copy', undefined],
    ['a', 1, 'ack', 'acked'],
  ])
})

test('a message that overtakes another says so', async () => {
  expect(await inShortOf({ given: ['a', 'b'], faults: { reorderings: 1 } })).toEqual([
    ['b', 1, 'original', 'reorderings'],
    ['b', 1, 'ack', 'acked'],
    ['a', 1, 'original', undefined],
    ['a', 1, 'ack', 'acked'],
  ])
})

test('a settlement that comes too late says so', async () => {
  expect(await inShortOf({ given: ['a'], faults: { expiredLeases: 1 } })).toEqual([
    ['a', 1, 'original', undefined],
    ['a', 1, 'lease expires', 'a#1'],
    ['a', 1, 'ack', 'lost'],
    ['a', 2, 'redelivery', undefined],
    ['a', 2, 'ack', 'acked'],
  ])
})

test('a failure says why, and what became of it', async () => {
  const decide = (attempt: number) =>
    attempt === 1 ? retry('no stock', 30) : deadLetter('never any stock')
  const details = await detailsOf({ given: ['a'], decide })
  expect(
    details.flatMap((one) => (one.step === 'settle' ? [[one.outcome, one.became]] : [])),
  ).toEqual([
    [retry('no stock', 30), 'retried'],
    [deadLetter('never any stock'), 'deadLettered'],
  ])
})

test('steps are named after what they do, and lanes after the delivery', async () => {
  const to = { event: 'OrderPlaced' }
  const client = (broker: Broker) => broker.publish(to, aMessage('x'))
  const lines = linesOf(await traceOf({ given: ['a'], decide: () => ack, client }))
  expect(lines.map((line) => line.replace(/ ~\w+$/, ''))).toEqual([
    '1 @0 somebody receive queue orders = "a#1"',
    '2 @0 somebody[a#1] ack queue orders = "acked"',
    '3 @0 somebody publish *',
    '4 @0 somebody receive queue orders = "x@orders#1"',
    '5 @0 somebody[x@orders#1] ack queue orders = "acked"',
  ])
})
