// What a fault case is given, and what it is built of: processes on one broker in a namespace of
// its own, load that publishes under faults, and a handler that counts.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { Broker, Delivery, Outcome } from '../../../shared/src/broker/broker.ts'
import { realTime } from '@workshop/shared/world'
import type { RabbitmqOptions } from '../../../shared/src/broker/rabbitmq/options.ts'
import {
  rabbitmqBroker,
  type RabbitmqBroker,
} from '../../../shared/src/broker/rabbitmq/rabbitmq-broker.ts'
import type { WireMessage } from '../../../shared/src/message/index.ts'
import type { PrivateRabbitmq } from '../private-rabbitmq.ts'
import { type Proxy, startProxy } from '../proxy.ts'

export type FaultCase = {
  /** The guarantee, as a sentence. */
  readonly title: string
  run(scene: Scene): Promise<void>
}

export const orders = { queue: 'orders' } as const

/** A start of RabbitMQ on a busy machine is the longest wait there is. Mutants get less
 *  patience. */
export const { until } = realTime(Number(process.env['FAULT_BOUND_MS'] ?? 30_000))

/** The broker that faults are done to. */
export type Rabbitmq = Omit<PrivateRabbitmq, 'stop' | keyof AsyncDisposable>

export interface Scene extends AsyncDisposable {
  readonly rabbitmq: Rabbitmq
  /** A process that is connected directly, or through `proxy`. It is closed when the case is
   *  over. */
  open(
    options?: Partial<RabbitmqOptions> & { readonly proxy?: Proxy },
  ): Promise<{ readonly broker: RabbitmqBroker; readonly notices: readonly string[] }>
  proxy(): Promise<Proxy>
}

export function aScene(rabbitmq: Rabbitmq): Scene {
  const namespace = `fault-${randomUUID().slice(0, 8)}.`
  const brokers: RabbitmqBroker[] = []
  const proxies: Proxy[] = []
  return {
    rabbitmq,
    open: async ({ proxy, ...options } = {}) => {
      const notices: string[] = []
      const broker = await rabbitmqBroker({
        url: proxy ? `amqp://guest:guest@127.0.0.1:${proxy.port}` : rabbitmq.url,
        namespace,
        maxBackoffMs: 200,
        ...options,
        onNotice: ({ kind }) => notices.push(kind),
      })
      brokers.push(broker)
      return { broker, notices }
    },
    proxy: async () => {
      const proxy = await startProxy(rabbitmq.port)
      proxies.push(proxy)
      return proxy
    },
    [Symbol.asyncDispose]: async () => {
      for (const proxy of proxies) proxy.heal()
      await Promise.all(brokers.map((broker) => broker.close({ drainMs: 0 })))
      for (const broker of brokers) await broker.drop()
      for (const proxy of proxies) await proxy[Symbol.asyncDispose]()
    },
  }
}

export function aMessage(id: string): WireMessage {
  const body = new TextEncoder().encode(`the body of ${id}`)
  return { id, type: 'OrderPlaced', headers: {}, body }
}

export async function declareOrders(broker: Broker, deliveryLimit = 20): Promise<void> {
  await broker.declare({ queues: [{ name: orders.queue, deliveryLimit }], bindings: [] })
}

export async function untilCount(broker: Broker, queue: string, count: number): Promise<void> {
  const holds = async () => (await broker.count(queue).catch(() => -1)) === count
  await until(holds, `${count} messages to wait in ${queue}`)
}

/** Resolves when the case opens it. */
export function aGate(): { open(): void; readonly passed: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { open: resolve, passed: promise }
}

/** A handler that counts what it is handed, and how much of it at once. */
export class Tally {
  readonly #answer: (delivery: Delivery) => Outcome | Promise<Outcome>
  readonly #times = new Map<string, number>()
  readonly deliveries: Delivery[] = []
  #running = 0
  mostAtOnce = 0

  constructor(
    answer: (delivery: Delivery) => Outcome | Promise<Outcome> = () => ({ kind: 'ack' }),
  ) {
    this.#answer = answer
  }

  readonly handle = async (delivery: Delivery): Promise<Outcome> => {
    const { id } = delivery.message
    this.deliveries.push(delivery)
    this.#times.set(id, (this.#times.get(id) ?? 0) + 1)
    this.#running += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#running)
    try {
      // A turn of the event loop, so that several are in the works.
      await new Promise((resolve) => setImmediate(resolve))
      return await this.#answer(delivery)
    } finally {
      this.#running -= 1
    }
  }

  has(id: string): boolean {
    return this.#times.has(id)
  }

  timesOf(id: string): number {
    return this.#times.get(id) ?? 0
  }

  get different(): number {
    return this.#times.size
  }

  get duplicates(): number {
    return this.deliveries.length - this.#times.size
  }
}

/** After everything: each confirmed message was handled, and nothing is left. */
export async function untilAllArrived(
  ids: Iterable<string>,
  { tally, broker }: { readonly tally: Tally; readonly broker: Broker },
): Promise<void> {
  const all = [...ids]
  await until(() => all.every((id) => tally.has(id)), 'every confirmed message')
  await untilCount(broker, orders.queue, 0)
  assert.ok(all.length > 0, 'expected some messages to be confirmed')
}
