// RabbitMQ as a broker: durable quorum queues, confirms for every publish, and everything back
// after a cut, an error of a channel, a deleted queue or a restart of the broker.
//
// It does not promise that a release or a peek is free of counting before RabbitMQ 4.3, nor the
// last reason of a message whose consumer had not declared the queue in its own process.

import type { ChannelModel } from 'amqplib'
import { checkWire, type WireMessage } from '../../message/index.ts'
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
  Topology as TopologySpec,
} from '../broker.ts'
import { Unroutable } from '../broker.ts'
import { type Carried, contentOf, toAmqp } from './amqp-message.ts'
import { count, found, peek } from './browse.ts'
import { replyCode, request } from './channels.ts'
import { Connection } from './connection.ts'
import { RabbitmqConsumer } from './consumer.ts'
import { checkedDelayMs, Delays, expirationMs } from './delays.ts'
import { featuresOf } from './features.ts'
import { Names, routingKey } from './names.ts'
import { type RabbitmqOptions, type Settings, settingsFrom } from './options.ts'
import { Publisher } from './publisher.ts'
import { Settlement } from './settlement.ts'
import { Topology } from './topology.ts'
import { unreachable } from './url.ts'

const defaultDrainMs = 5000

/** Connects, twice. Rejects with `Unavailable` when the broker does not answer at once. */
export async function rabbitmqBroker(options: RabbitmqOptions): Promise<RabbitmqBroker> {
  return RabbitmqBroker.open(settingsFrom(options))
}

export class RabbitmqBroker implements Broker {
  readonly #settings: Settings
  readonly #names: Names
  readonly #topology: Topology
  readonly #delays: Delays
  readonly #consumers = new Set<RabbitmqConsumer>()
  readonly #settlement: Settlement
  readonly #consuming: Connection
  readonly #publishing: Connection
  readonly #publisher: Publisher
  #closed: Promise<void> | undefined
  #isClosing = false

  private constructor(parts: Parts) {
    this.#settings = parts.settings
    this.#names = parts.names
    this.#topology = parts.topology
    this.#delays = parts.delays
    this.#consuming = parts.consuming
    this.#publishing = parts.publishing
    this.#publisher = parts.publisher
    this.#settlement = new Settlement({
      deliveryLimit: (queue) => this.#topology.deliveryLimit(queue),
      releaseIsFree: () => this.features.releaseIsFree,
      move: (queue, message, move) => this.#send({ queue }, message, move),
      onFailure: (error) => {
        this.#settings.onNotice({ kind: 'failed', detail: `to move a message: ${String(error)}` })
      },
    })
  }

  static async open(settings: Settings): Promise<RabbitmqBroker> {
    const names = new Names(settings.namespace)
    const topology = new Topology(names)
    const delays = new Delays(names)
    const consuming = await Connection.open('consumers', settings)
    let publishing: Connection | undefined
    try {
      publishing = await Connection.open('publisher', settings)
      const publisher = await Publisher.open({
        connection: publishing,
        settings,
        prepare: async (model) => {
          await topology.restore(model)
          await delays.restore(model)
        },
      })
      const parts = { settings, names, topology, delays, consuming, publishing, publisher }
      return new RabbitmqBroker(parts)
    } catch (error) {
      await Promise.all([consuming.close(), publishing?.close()])
      // A refusal is the broker's answer. Anything else is that it was lost before it had answered.
      const isAnswer = error instanceof Unavailable || replyCode(error) !== undefined
      throw isAnswer ? error : unreachable(settings.url, error)
    }
  }

  get features(): BrokerFeatures {
    return featuresOf(this.#consuming.version)
  }

  get state(): BrokerState {
    if (this.#isClosing) return { kind: 'closed' }
    const reason = this.#consuming.trouble ?? this.#publishing.trouble
    return reason === undefined ? { kind: 'ready' } : { kind: 'away', reason }
  }

  declare(topology: TopologySpec): Promise<void> {
    return this.#request((model) => this.#topology.declare(model, topology))
  }

  async publish(to: Address, message: WireMessage, options: PublishOptions = {}): Promise<void> {
    const delayMs = checkedDelayMs(options.delayMs)
    checkWire(message)
    if (delayMs > 0 && 'queue' in to) await this.#requireQueue(to.queue)
    await this.#send(to, message, { delayMs })
  }

  async consume(queue: string, handle: Handle, options: ConsumeOptions = {}): Promise<Consumer> {
    const { prefetch = 10 } = options
    if (!Number.isInteger(prefetch) || prefetch < 1 || prefetch > 1000) {
      throw new RangeError(`expected a prefetch of 1 to 1000, got ${prefetch}`)
    }
    const parts = {
      connection: this.#consuming,
      settings: this.#settings,
      settlement: this.#settlement,
      queue,
      fullName: this.#names.queue(queue),
      prefetch,
      handle,
      onSettled: options.onSettled,
      deliveryLimit: () => this.#topology.deliveryLimit(queue),
      restore: (model: ChannelModel) => this.#topology.restoreQueue(model, queue),
      onStopped: (stopped: RabbitmqConsumer) => this.#consumers.delete(stopped),
    }
    let opening: Promise<RabbitmqConsumer> | undefined
    const open = (model: ChannelModel) => (opening = RabbitmqConsumer.open(parts, model))
    const consumer = await this.#request((model) => found(queue, () => open(model))).catch(
      (error: unknown) => {
        // One that opens after all, too late, would take messages that nobody expects.
        void opening?.then(
          (late) => late.stop({ drainMs: 0 }),
          () => undefined,
        )
        throw error
      },
    )
    this.#consumers.add(consumer)
    if (this.#isClosing) {
      await consumer.stop({ drainMs: 0 })
      throw closedError()
    }
    return consumer
  }

  peek(queue: string, limit: number): Promise<readonly WireMessage[]> {
    const browsed = { queue, fullName: this.#names.queue(queue) }
    return this.#request((model) => peek(model, browsed, limit))
  }

  count(queue: string): Promise<number> {
    const browsed = { queue, fullName: this.#names.queue(queue) }
    return this.#request((model) => count(model, browsed))
  }

  close({ drainMs = defaultDrainMs }: StopOptions = {}): Promise<void> {
    return (this.#closed ??= this.#close(drainMs))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Outside the contract, for tests: destroys the sockets and does nothing more, as `kill -9`
   *  would. */
  abandon(): void {
    this.#isClosing = true
    this.#closed ??= Promise.resolve()
    for (const consumer of this.#consumers) consumer.abandon()
    this.#consuming.abandon()
    this.#publishing.abandon()
    this.#publisher.abandon('the process was ended')
  }

  /** Outside the contract, for tests and demos: deletes the queues that this process declared
   *  and all exchanges and delay queues of its namespace, with what is in them. Works on a
   *  connection of its own, also after `close`. */
  async drop(): Promise<void> {
    const connection = await Connection.open('cleaner', this.#settings)
    try {
      await request({ connection, settings: this.#settings }, async (model) => {
        await this.#delays.drop(model)
        await this.#topology.drop(model)
      })
    } finally {
      await connection.close()
    }
  }

  async #close(drainMs: number): Promise<void> {
    this.#isClosing = true
    // Handlers that finish may publish: the publisher goes last.
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop({ drainMs })))
    await this.#publisher.close(drainMs)
    await Promise.all([this.#consuming.close(), this.#publishing.close()])
  }

  async #request<T>(work: (model: ChannelModel) => Promise<T>): Promise<T> {
    if (this.#isClosing) throw closedError()
    return request({ connection: this.#consuming, settings: this.#settings }, work)
  }

  async #send(
    to: Address,
    message: WireMessage,
    { delayMs = 0, carried }: { readonly delayMs?: number; readonly carried?: Carried },
  ): Promise<void> {
    const key = routingKey(to)
    const properties = toAmqp(message, carried)
    const content = contentOf(message)
    if (delayMs === 0) {
      const { exchange } = this.#names
      const mandatory = 'queue' in to
      const parcel = {
        exchange,
        routingKey: key,
        content,
        properties: { ...properties, mandatory },
      }
      return this.#publisher.publish(parcel)
    }
    const exchange = await this.#delayExchange(delayMs)
    const expiration = expirationMs(delayMs)
    return this.#publisher.publish({
      exchange,
      routingKey: key,
      content,
      properties: { ...properties, expiration, mandatory: true },
    })
  }

  /** Nothing was published when this fails, so that it never means `Unknown`. */
  async #delayExchange(delayMs: number): Promise<string> {
    return this.#beforePublishing(() =>
      this.#delays.exchangeFor(delayMs, (work) =>
        request({ connection: this.#consuming, settings: this.#settings }, work),
      ),
    )
  }

  /** A delayed message goes to a delay queue, which always exists: whether its own does is
   *  asked. */
  async #requireQueue(queue: string): Promise<void> {
    if (this.#topology.knows(queue)) return
    const doesExist = await this.#beforePublishing(() =>
      this.#request((model) => this.#topology.exists(model, queue)),
    )
    if (doesExist) return
    throw new Unroutable(`expected the queue ${queue} to exist, it does not. Declare it first`)
  }

  async #beforePublishing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'Unknown') throw error
      throw new Unavailable(`${error.message}. The message was not sent`, { cause: error })
    }
  }
}

type Parts = {
  readonly settings: Settings
  readonly names: Names
  readonly topology: Topology
  readonly delays: Delays
  readonly consuming: Connection
  readonly publishing: Connection
  readonly publisher: Publisher
}

function closedError(): Unavailable {
  return new Unavailable('expected an open broker, this one is closed. Open another one')
}
