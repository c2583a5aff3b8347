// What the conformance cases are built of: messages, handlers that remember, and gates that hold
// handlers. Nothing here waits except through the world.

import type { WireMessage } from '../../message/index.ts'
import type { Broker, Delivery, Handle, Outcome, QueueSpec } from '../broker.ts'
import type { BrokerWorld } from './world.ts'

export type Waiting = Pick<BrokerWorld, 'until'>

/** The queue of most cases. */
export const orders = { queue: 'orders' } as const
/** So long that a case is over before: what is delayed by it must not arrive within the case. */
export const longMs = 60_000
/** Two clocks may read a moment differently by this much. */
export const clockStepMs = 2

export const ack: Outcome = { kind: 'ack' }
export const release: Outcome = { kind: 'release' }
export const retry = (reason: string, delayMs = 0): Outcome => ({ kind: 'retry', delayMs, reason })
export const deadLetter = (reason: string): Outcome => ({ kind: 'dead-letter', reason })

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

export function aMessage(id: string, fields: Partial<WireMessage> = {}): WireMessage {
  return { id, type: 'OrderPlaced', headers: {}, body: bytes(`the body of ${id}`), ...fields }
}

export function idsOf(messages: readonly WireMessage[]): readonly string[] {
  return messages.map(({ id }) => id)
}

/** Which of these promises fulfilled. */
export function fulfilled(results: readonly PromiseSettledResult<unknown>[]): readonly boolean[] {
  return results.map(({ status }) => status === 'fulfilled')
}

/** `first-1` to `first-<count>`, in this order. */
export function manyIds(first: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${first}-${i + 1}`)
}

/** A process, and the queue `orders` declared by it. */
export async function withOrders(
  world: BrokerWorld,
  spec: Omit<QueueSpec, 'name'> = {},
): Promise<Broker> {
  const broker = await world.open()
  await broker.declare({ queues: [{ name: orders.queue, ...spec }], bindings: [] })
  return broker
}

export async function publishAll(broker: Broker, ids: readonly string[]): Promise<void> {
  for (const id of ids) await broker.publish(orders, aMessage(id))
}

export interface Recorder {
  readonly handle: Handle
  /** What was handed out, in this order. */
  readonly deliveries: readonly Delivery[]
  /** The ids of what was handed out, in this order. */
  readonly ids: readonly string[]
  /** The most calls that ever ran at the same time. */
  readonly mostAtOnce: number
}

/** A handler that remembers what it is handed, and then answers. */
export function recorder(answer: (delivery: Delivery) => Outcome | Promise<Outcome>): Recorder {
  const deliveries: Delivery[] = []
  let running = 0
  let mostAtOnce = 0
  return {
    deliveries,
    get ids() {
      return deliveries.map(({ message }) => message.id)
    },
    get mostAtOnce() {
      return mostAtOnce
    },
    handle: async (delivery) => {
      deliveries.push(delivery)
      running += 1
      mostAtOnce = Math.max(mostAtOnce, running)
      try {
        return await answer(delivery)
      } finally {
        running -= 1
      }
    },
  }
}

export interface Gate {
  open(): void
  /** Resolves once the gate is open. */
  passed(): Promise<void>
}

/** Holds handlers until the case opens it. */
export function gate(world: Waiting): Gate {
  let isOpen = false
  return {
    open: () => {
      isOpen = true
    },
    passed: () => world.until(() => isOpen, 'the case to let its handlers finish'),
  }
}

/** Waits until exactly `expected` messages wait in `queue`. */
export async function untilCount(
  world: Waiting,
  broker: Broker,
  expected: { readonly queue: string; readonly count: number },
): Promise<void> {
  const { queue, count } = expected
  await world.until(
    async () => (await broker.count(queue)) === count,
    `${count} messages to wait in ${queue}`,
  )
}

/** Waits until `recorder` was handed `count` messages, or more. */
export async function untilHanded(
  world: Waiting,
  { deliveries }: Recorder,
  count: number,
): Promise<void> {
  await world.until(() => deliveries.length >= count, `${count} deliveries`)
}
