// The state of the simulated broker, as a search tells states apart: by all that a later step can
// see, and not by who holds what.

import { expect, test } from 'vitest'
import type { Faults } from '../../simulation/index.ts'
import { Simulation } from '../../simulation/simulation.ts'
import { ack, aMessage, orders, release, retry } from '../contract/parts.ts'
import { Exchange } from './exchange.ts'
import type { SimulatedQueue } from './queue.ts'
import { SimulatedBroker } from './simulated-broker.ts'

type Change = (queue: SimulatedQueue) => unknown

function newSimulation(faults: Faults = {}): Simulation {
  return new Simulation({ faults, decide: () => 0, tracksState: true })
}

/** The digest of a broker after `changes` of one of its queues. */
function digestAfter(changes: readonly Change[], faults?: Faults): number {
  const exchange = new Exchange({ simulation: newSimulation(faults), record: () => undefined })
  exchange.declare({ queues: [{ name: orders.queue }], bindings: [] })
  for (const change of changes) change(exchange.queue(orders.queue))
  return exchange.digest()
}

const store =
  (id: string, delayMs = 0): Change =>
  (queue) =>
    queue.store(aMessage(id), { delayMs })
const handOut: Change = (queue) => queue.handOut()
const handOutSecond: Change = (queue) => queue.handOut(1)
const failed: Change = (queue) => queue.settle([...queue.inFlight.keys()][0]!, retry('no'))
const released: Change = (queue) => queue.settle([...queue.inFlight.keys()][0]!, release)
const acked: Change = (queue) => queue.settle([...queue.inFlight.keys()][0]!, ack)

const two = [store('a'), store('b')]

for (const [what, one, other] of [
  ['what waits', [], [store('a')]],
  ['which message it is', [store('a')], [store('b')]],
  ['how many copies of it there are', [store('a')], [store('a'), store('a')]],
  ['the order of what waits', two, two.toReversed()],
  ['when it is due', [store('a', 10)], [store('a', 20)]],
  ['whether it is in flight', [store('a'), handOut, released], [store('a'), handOut]],
  ['how often it has failed', [store('a'), handOut, failed], [store('a'), handOut, released]],
  ['what is in flight', [...two, handOut], [...two, handOutSecond]],
  ['the order of what is in flight', [...two, handOut, handOut], [...two, handOutSecond, handOut]],
  [
    'how often it was handed out, after which the next lane is named',
    [store('a'), handOut, acked],
    [store('a'), handOut, released, handOut, acked],
  ],
] as const) {
  test(`two states are told apart by ${what}`, () => {
    expect(digestAfter(one)).not.toBe(digestAfter(other))
  })
}

test('the content of what was handed out counts as long as there may be a late copy of it', () => {
  const handled = (text: string): readonly Change[] => {
    const message = aMessage('a', { body: new TextEncoder().encode(text) })
    return [(queue) => queue.store(message), handOut, acked]
  }
  const digests = (faults: Faults) => ['1', '2'].map((text) => digestAfter(handled(text), faults))
  expect(new Set(digests({})).size).toBe(1)
  expect(new Set(digests({ lateCopies: 1 })).size).toBe(2)
})

test('two states are one in whatever order queues and bindings were declared', () => {
  const digestOfDeclared = (names: readonly string[]): number => {
    const exchange = new Exchange({ simulation: newSimulation(), record: () => undefined })
    for (const name of names) {
      exchange.declare({ queues: [{ name }], bindings: [{ event: 'OrderPlaced', queue: name }] })
    }
    return exchange.digest()
  }
  const names = ['orders', 'billing']
  expect(digestOfDeclared(names)).toBe(digestOfDeclared(names.toReversed()))
  expect(digestOfDeclared(names)).not.toBe(digestOfDeclared(['orders']))
})

/** The digest of a world in which `taker` has received the first of two messages. */
async function digestWhere(taker: string): Promise<number> {
  const simulation = newSimulation()
  const broker = new SimulatedBroker(simulation)
  broker.declare({ queues: [{ name: orders.queue }], bindings: [] })
  for (const id of ['a', 'b']) broker.enqueue(orders, aMessage(id))
  const instance = { group: 'orders', isMemoryless: true }
  for (const name of ['orders-1', 'orders-2']) {
    const start = (process: Parameters<typeof broker.open>[0]) =>
      void broker.open(process).consume(orders.queue, async () => ack, { prefetch: 1 })
    simulation.process({ ...instance, name, start })
  }
  await settled()
  const options = simulation.enumerate()
  const positions = Array.from({ length: options.length }, (_, index) => index)
  const chosen = positions.find(
    (position) => options.at(position).operation?.lane.process.name === taker,
  )
  simulation.fire(options.at(chosen ?? -1))
  await settled()
  return simulation.digest()
}

/** Everything that follows from a step has run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('it makes no difference which instance of an endpoint takes a message', async () => {
  expect(await digestWhere('orders-1')).toBe(await digestWhere('orders-2'))
})
