// The simulated broker as one process sees it. Declaring, subscribing and stopping take effect at
// once; whatever has to do with a message is a step.

import { checkWire, type WireMessage } from '../../message/index.ts'
import type { Process } from '../../simulation/index.ts'
import { Unavailable } from '../../world/index.ts'
import type {
  Address,
  Broker,
  BrokerFeatures,
  BrokerState,
  Consumer,
  ConsumeOptions,
  Handle,
  PublishOptions,
  StopOptions,
  Topology,
} from '../broker.ts'
import { checkDelay, checkWithin } from '../limits.ts'
import { SimulatedConsumer } from './consumer.ts'
import { kept } from './copy.ts'
import type { Exchange } from './exchange.ts'
import type { SimulatedQueue } from './queue.ts'
import { publish } from './steps.ts'

export class Connection implements Broker {
  readonly features: BrokerFeatures = { ordered: true, releaseIsFree: true, durable: true }
  readonly #process: Process
  readonly #exchange: Exchange
  readonly #consumers: SimulatedConsumer[] = []
  #closing: Promise<void> | undefined
  #isClosed = false

  constructor(process: Process, exchange: Exchange) {
    this.#process = process
    this.#exchange = exchange
    process.onCrash((lanes) => {
      const names = new Set([...lanes].map(({ name }) => name))
      for (const queue of exchange.queues) queue.takeBack(names, 'its consumer died')
    })
  }

  get state(): BrokerState {
    return { kind: this.#closing ? 'closed' : 'ready' }
  }

  async declare(topology: Topology): Promise<void> {
    this.#expectOpen()
    this.#exchange.declare(topology)
  }

  async publish(to: Address, message: WireMessage, options: PublishOptions = {}): Promise<void> {
    checkWire(message)
    const delayMs = checkDelay(options.delayMs ?? 0)
    if (this.#isClosed) throw closed()
    await this.#process.operation(publish(this.#exchange, { to, message: kept(message), delayMs }))
  }

  async consume(queue: string, handle: Handle, options: ConsumeOptions = {}): Promise<Consumer> {
    const prefetch = checkWithin('prefetch', options.prefetch ?? 10, [1, 1000])
    this.#expectOpen()
    const consumer = new SimulatedConsumer({
      process: this.#process,
      queue: this.#exchange.queue(queue),
      handle,
      prefetch,
      onSettled: options.onSettled,
    })
    this.#consumers.push(consumer)
    return consumer
  }

  async peek(queue: string, limit: number): Promise<readonly WireMessage[]> {
    checkWithin('limit', limit, [1, 1000])
    return this.#look(queue, (from) =>
      from
        .available()
        .slice(0, limit)
        .map(({ message }) => message),
    )
  }

  async count(queue: string): Promise<number> {
    return this.#look(queue, (from) => from.available().length)
  }

  close(options: StopOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options)
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #look<T>(name: string, look: (queue: SimulatedQueue) => T): Promise<T> {
    this.#expectOpen()
    const queue = this.#exchange.queue(name)
    const { resource } = queue
    return this.#process.operation({
      kind: 'look at',
      resource,
      access: 'read',
      effect: () => look(queue),
    })
  }

  async #close(options: StopOptions): Promise<void> {
    // Publishing goes on until the last handler is done: it may have something to say.
    await Promise.all(this.#consumers.map((consumer) => consumer.stop(options)))
    this.#isClosed = true
  }

  #expectOpen(): void {
    if (this.#closing) throw closed()
  }
}

const closed = (): Unavailable =>
  new Unavailable('expected an open broker, got one that is closed. Open another')
